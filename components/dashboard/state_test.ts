import assert from "node:assert/strict";
import fc from "fast-check";
import type { TrafficSnapshot } from "../../services/metrics/mod.ts";
import { addSecond, meanRate, slope, TRAFFIC_SECONDS } from "./seconds.ts";
import {
  addsHole,
  applyEvent,
  type DashboardState,
  HOUR_MS,
  MOST_HAPPENINGS,
  passQuietly,
  type ToldIncident,
} from "./state.ts";
import type { LiveEvent } from "../../islands/live.ts";

const START = 1_700_000_000;

function figures(mt: number, waiting = 0): TrafficSnapshot {
  return {
    mt_per_second: { submitted: mt, accepted: mt, sent: mt, delivered: mt, failed: 0 },
    mo_per_second: 1,
    today: {
      submitted: mt,
      delivered: mt,
      failed: 0,
      unconfirmed: 0,
      received: 0,
      delivery_rate: null,
      delivery_mean_ms: null,
      delivery_p95_ms: null,
    },
    queue: { waiting, accepted: 0, sent: 0, uncertain: 0 },
  };
}

function dashboard(installation = true): DashboardState {
  const series = Array.from({ length: TRAFFIC_SECONDS }, () => 0);
  return {
    installation,
    accountId: "own",
    figures: null,
    traffic: { to: START, mt: series, mo: series, failed: series, waiting: series },
    connectors: [{
      cid: "op_main",
      state: "bound",
      session: "BOUND_TRX",
      since: START * 1_000 - HOUR_MS,
      lastError: null,
      limit: 25,
      rates: [],
      throttledAt: null,
      turns: [{ at: START * 1_000 - 2 * HOUR_MS, state: "bound" }],
    }],
    services: [],
    alerts: [],
    lastAlert: null,
    happenings: [],
    messages: [],
  };
}

const iso = (second: number) => new Date(second * 1_000).toISOString();

function second(at: number, mt: number, throttled = 0): LiveEvent {
  const connectors = {
    op_main: {
      submit_per_second: mt,
      deliver_per_second: 0,
      throttled_per_second: throttled,
      errors_per_second: 0,
    },
  };
  return { type: "metrics.installation", data: { at: iso(at), connectors, ...figures(mt) } };
}

function changed(id: string, at: number, state: "bound" | "down"): LiveEvent {
  return {
    type: "connectors.state",
    data: {
      id,
      cid: "op_main",
      state,
      previous_state: state === "down" ? "bound" : "down",
      session: state === "bound" ? "BOUND_TX" : "NONE",
      at: iso(at),
    },
  };
}

function incident(type: string, told: Partial<ToldIncident>): LiveEvent {
  const data: ToldIncident = {
    id: "one",
    revision: 1,
    kind: "connector-down",
    subject: "op_main",
    severity: "critical",
    detail: {},
    opened_at: iso(START),
    raised_at: iso(START + 2),
    closed_at: null,
    acknowledged_at: null,
    ...told,
  };
  return { type: `alerts.${type}`, data: { ...data } };
}

Deno.test("a second moves the chart by one; a late one is no gap, a longer silence is", () => {
  const after = applyEvent(dashboard(), second(START + 1, 7));
  assert.equal(after.figures?.mt_per_second.submitted, 7);
  assert.deepEqual(after.traffic.mt.slice(-2), [0, 7]);
  assert.equal(after.traffic.to, START + 1);
  const late = applyEvent(after, second(START + 3, 8));
  assert.deepEqual(late.traffic.mt.slice(-3), [7, 8, 8]);
  const silent = applyEvent(late, second(START + 8, 9));
  assert.deepEqual(silent.traffic.mt.slice(-6), [8, null, null, null, null, 9]);
  assert.equal(addsHole(after, second(START + 3, 8)), false);
  assert.equal(addsHole(late, second(START + 8, 9)), true);
});

Deno.test("whatever the seconds, a lane keeps its length and its last value is the newest", () => {
  fc.assert(fc.property(
    fc.array(fc.record({ ahead: fc.integer({ min: -400, max: 700 }), value: fc.nat(999) })),
    (steps) => {
      let { traffic } = dashboard();
      for (const { ahead, value } of steps) {
        const at = traffic.to + ahead;
        const to = Math.max(traffic.to, at);
        const values = { mt: value, mo: value, failed: value, waiting: value };
        traffic = addSecond(traffic, at, values);
        assert.equal(traffic.to, to);
        for (const lane of [traffic.mt, traffic.mo, traffic.failed, traffic.waiting]) {
          assert.equal(lane.length, TRAFFIC_SECONDS);
        }
        if (at === to) assert.equal(traffic.mt.at(-1), value);
      }
    },
  ));
});

Deno.test("a quiet account's seconds are zeros, and what waits goes on waiting", () => {
  const account = dashboard(false);
  const told = applyEvent(account, {
    type: "metrics.account",
    data: { account_id: "own", at: iso(START + 1), ...figures(3, 5) },
  });
  const quiet = passQuietly(told, START + 4);
  assert.deepEqual(quiet.traffic.mt.slice(-4), [3, 0, 0, 0]);
  assert.deepEqual(quiet.traffic.waiting.slice(-4), [5, 5, 5, 5]);
  assert.equal(passQuietly(quiet, START + 4), quiet);
  assert.equal(passQuietly(dashboard(), START + 4).traffic.to, START);
});

Deno.test("figures of another account, or of the installation, are not an account's", () => {
  const account = dashboard(false);
  assert.equal(applyEvent(account, second(START + 1, 7)), account);
  const foreign: LiveEvent = {
    type: "metrics.account",
    data: { account_id: "other", at: iso(START + 1), ...figures(3) },
  };
  assert.equal(applyEvent(account, foreign), account);
});

Deno.test("a connector's change is told once, however often it comes", () => {
  const down = changed("e1", START + 5, "down");
  const once = applyEvent(dashboard(), down);
  assert.equal(once.connectors[0]?.state, "down");
  assert.equal(once.happenings.length, 1);
  assert.deepEqual(applyEvent(once, down), once);
  const again = applyEvent(once, changed("e2", START + 6, "bound"));
  assert.equal(again.connectors[0]?.session, "BOUND_TX");
  assert.deepEqual(again.connectors[0]?.turns.map(({ state }) => state), [
    "bound",
    "down",
    "bound",
  ]);
  // Replayed after a reconnect: what is newer stays.
  assert.equal(applyEvent(again, down).connectors[0]?.state, "bound");
});

Deno.test("a connector that throttles is remembered, and its rate is a mean", () => {
  let state = dashboard();
  for (let step = 1; step <= 12; step++) {
    state = applyEvent(state, second(START + step, step, step === 3 ? 1 : 0));
  }
  assert.equal(state.connectors[0]?.throttledAt, (START + 3) * 1_000);
  assert.equal(meanRate(state.connectors[0]?.rates ?? []), (3 + 12) / 2);
  assert.equal(meanRate([]), null);
});

Deno.test("an alert comes, is acknowledged and goes; an old word of it changes nothing", () => {
  const raised = applyEvent(dashboard(), incident("raised", {}));
  assert.deepEqual(raised.alerts.map(({ id }) => id), ["one"]);
  const seen = applyEvent(
    raised,
    incident("acknowledged", { revision: 2, acknowledged_at: iso(START + 9) }),
  );
  assert.equal(seen.alerts[0]?.acknowledgedAt, (START + 9) * 1_000);
  assert.equal(seen.happenings.length, 1);
  const over = applyEvent(seen, incident("closed", { revision: 3, closed_at: iso(START + 20) }));
  assert.deepEqual(over.alerts, []);
  assert.equal(over.lastAlert?.id, "one");
  assert.deepEqual(over.happenings.map(({ kind }) => kind), ["closed", "raised"]);
  assert.equal(applyEvent(over, incident("raised", {})), over);
});

Deno.test("the worst alert comes first, and the list of events has an end", () => {
  let state = dashboard();
  for (let step = 0; step < 2 * MOST_HAPPENINGS; step++) {
    state = applyEvent(
      state,
      incident("raised", {
        id: `a${step}`,
        severity: step === 3 ? "critical" : "warning",
        raised_at: iso(START + step),
      }),
    );
  }
  assert.equal(state.alerts[0]?.id, "a3");
  assert.equal(state.happenings.length, MOST_HAPPENINGS);
  assert.equal(state.happenings[0]?.at, (START + 2 * MOST_HAPPENINGS - 1) * 1_000);
});

Deno.test("a queue that grows is told by how much a second", () => {
  assert.equal(slope(Array.from({ length: 20 }, (_, at) => at * 3)), 3);
  assert.equal(slope([1, 2]), null);
  assert.equal(slope([null, ...Array.from({ length: 10 }, () => 1)]), null);
});

import assert from "node:assert/strict";
import {
  actionsFor,
  changed,
  type ConnectorView,
  cutsTraffic,
  filterOf,
  runsUntil,
} from "./view.ts";

const BOUND: ConnectorView = {
  cid: "op_main",
  address: "smsc.example:2775",
  state: "bound",
  session: "BOUND_TRX",
  since: 1_000,
  starts: 1,
  stops: 0,
  lastError: null,
  lastErrorAt: null,
  rates: { submit: 2, deliver: 0, throttled: 0, errors: 0 },
  limit: 10,
  throttled: false,
  minutes: [],
  runs: [{ state: "bound", from: 0, to: 1_000 }],
};

Deno.test("a change ends the run of the state before; told twice it changes nothing", () => {
  const change = { state: "down", session: "NONE", at: 5_000 } as const;
  const down = changed(BOUND, change);
  assert.deepEqual(down.runs, [
    { state: "bound", from: 0, to: 5_000 },
    { state: "down", from: 5_000, to: 5_000 },
  ]);
  assert.equal(down.since, 5_000);
  assert.equal(changed(down, change), down);
  assert.equal(changed(down, { state: "bound", session: "BOUND_TRX", at: 4_000 }), down);
});

Deno.test("the last run goes on, and what is older than the window leaves it", () => {
  const runs = [
    { state: "down", from: 0, to: 100 },
    { state: "bound", from: 100, to: 500 },
    { state: "down", from: 500, to: 600 },
  ] as const;
  assert.deepEqual(runsUntil(runs, 1_000, 1_200), [
    { state: "bound", from: 200, to: 500 },
    { state: "down", from: 500, to: 1_200 },
  ]);
});

Deno.test("what may be done, and whether it takes traffic from somebody", () => {
  assert.deepEqual(actionsFor({ state: "stopped" }), ["start"]);
  assert.deepEqual(actionsFor(BOUND), ["restart", "stop"]);
  assert.equal(cutsTraffic("stop", BOUND), true);
  assert.equal(cutsTraffic("start", BOUND), false);
  assert.equal(cutsTraffic("stop", { ...BOUND, rates: null }), false);
  assert.equal(cutsTraffic("stop", { ...BOUND, state: "down" }), false);
});

Deno.test("a bound connector that the SMSC holds back is throttled", () => {
  assert.equal(filterOf(BOUND), "bound");
  assert.equal(filterOf({ ...BOUND, throttled: true }), "throttled");
  assert.equal(filterOf({ ...BOUND, throttled: true, state: "down" }), "down");
});

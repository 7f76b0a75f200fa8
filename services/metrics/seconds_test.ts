import assert from "node:assert/strict";
import { v7 } from "uuid";
import { withDatabase } from "../accounts/testing.ts";
import type { Second } from "./recorder.ts";
import { keepSecond, RECENT_SECONDS, recentConnectors, recentSeconds } from "./seconds.ts";
import { connectorSecond, trafficSnapshot } from "./snapshot.ts";
import { Tally } from "./tally.ts";

const START = new Date("2030-01-01T00:00:00Z").getTime();

function snapshot(submitted: number, waiting = 0) {
  const tally = new Tally();
  tally.add("submitted", submitted);
  tally.add("gauge_waiting", waiting);
  return trafficSnapshot(tally);
}

function second(index: number, more: Partial<Second> = {}): Second {
  return {
    at: new Date(START + index * 1_000),
    seconds: 1,
    installation: snapshot(index),
    accounts: new Map(),
    connectors: new Map(),
    ...more,
  };
}

Deno.test("the last five minutes by second: gaps are gaps, the oldest is written over", async () => {
  await withDatabase(async (sql) => {
    for (let index = 1; index <= RECENT_SECONDS + 5; index++) {
      // Ten seconds without anybody who counts.
      if (index <= 200 || index > 210) await keepSecond(sql, second(index));
    }
    const now = new Date(START + (RECENT_SECONDS + 5) * 1_000 + 700);
    const { from, to, series } = await recentSeconds(sql, { kind: "installation" }, now);
    assert.equal(series.submitted.length, RECENT_SECONDS);
    assert.deepEqual([from, to].map((at) => (at.getTime() - START) / 1_000), [6, 305]);
    assert.deepEqual(series.submitted.slice(0, 3), [6, 7, 8]);
    assert.deepEqual(series.submitted.slice(194, 206), [200, ...new Array(10).fill(null), 211]);
    const [rows] = await sql<{ n: number }[]>`select count(*)::int as n from metric_seconds`;
    assert.equal(rows?.n, RECENT_SECONDS - 10, "one for each place that was ever filled");
    // The one of this second isn't there yet: no gap. Those of five are.
    const soon = await recentSeconds(
      sql,
      { kind: "installation" },
      new Date(now.getTime() + 1_000),
    );
    assert.equal(soon.series.submitted.at(-1), 305);
    const later = await recentSeconds(
      sql,
      { kind: "installation" },
      new Date(now.getTime() + 5_000),
    );
    assert.deepEqual(later.series.submitted.slice(-6), [305, null, null, null, null, null]);
  });
});

Deno.test("an account is kept when it changed: between, nothing happened and levels stay", async () => {
  await withDatabase(async (sql) => {
    const account = v7();
    const changed = (index: number, submitted: number, waiting: number) =>
      second(index, { accounts: new Map([[account, snapshot(submitted, waiting)]]) });
    await keepSecond(sql, second(1));
    await keepSecond(sql, changed(2, 4, 3));
    await keepSecond(sql, second(3));
    await keepSecond(sql, changed(4, 0, 1));
    await keepSecond(sql, second(5));
    const now = new Date(START + 5_500);
    const { series } = await recentSeconds(sql, { kind: "account", accountId: account }, now);
    assert.deepEqual(series.submitted.slice(-6), [null, 0, 4, 0, 0, 0]);
    assert.deepEqual(series.waiting.slice(-6), [null, null, 3, 3, 1, 1]);
  });
});

Deno.test("a tick that came late is every second that it covers", async () => {
  await withDatabase(async (sql) => {
    await keepSecond(sql, second(10));
    const tally = new Tally();
    tally.add("submitted", 30);
    await keepSecond(sql, second(13, { seconds: 3, installation: trafficSnapshot(tally, 3) }));
    const now = new Date(START + 13_100);
    const { series } = await recentSeconds(sql, { kind: "installation" }, now);
    assert.deepEqual(series.submitted.slice(-5), [null, 10, 10, 10, 10]);
  });
});

Deno.test("connectors with traffic have their seconds too", async () => {
  await withDatabase(async (sql) => {
    const busy = new Tally();
    busy.add("gateway_submit", 6);
    busy.add("gateway_throttled", 2);
    const idle = new Tally();
    const connectors = new Map([["op_a", connectorSecond(busy)], ["op_b", connectorSecond(idle)]]);
    await keepSecond(sql, second(1, { connectors }));
    await keepSecond(sql, second(2));
    const recent = await recentConnectors(sql, new Date(START + 2_100));
    assert.deepEqual([...recent.connectors.keys()], ["op_a"]);
    assert.deepEqual(recent.connectors.get("op_a")?.submit.slice(-3), [null, 6, 0]);
    assert.deepEqual(recent.connectors.get("op_a")?.throttled.slice(-3), [null, 2, 0]);
    assert.deepEqual(recent.measured.slice(-3), [false, true, true]);
  });
});

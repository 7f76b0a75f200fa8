import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, type Scope } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import type { Sql } from "../db/mod.ts";
import { type MetricDelta, minuteOf, writeDeltas } from "../messages/mod.ts";
import { startOfDay } from "./day.ts";
import { foldDeltas } from "./fold.ts";
import { readHistory } from "./history.ts";
import type { HistoryMeasure } from "./history_figures.ts";
import { type HistoryRequest, windowOf } from "./history_window.ts";
import { markMeasured } from "./measured.ts";
import { pruneFigures } from "./prune.ts";
import { ALL_CONNECTORS, GATEWAY_ACCOUNT } from "./tally.ts";

const MINUTE = 60_000;
const NOW = new Date("2030-03-15T12:00:30Z");

async function leave(sql: Sql, deltas: readonly MetricDelta[]): Promise<void> {
  await sql.begin((tx) => writeDeltas(tx, deltas));
}

async function foldAll(sql: Sql, limit?: number): Promise<void> {
  while ((await foldDeltas(sql, limit)).length > 0);
}

function delta(
  at: Date,
  accountId: string,
  measure: string,
  value: number,
  connector = "",
): MetricDelta {
  return { minute: minuteOf(at), accountId, connector, measure, value };
}

/** A repeatable series of numbers from 0 to below `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 2_147_483_648 * below);
  };
}

/** The sums of a table by time, account, connector and measure, for comparing. */
async function sums(sql: Sql, unit: "minute" | "hour" | "day"): Promise<Map<string, number>> {
  const rows = await sql<
    { at: Date; account: string; connector: string; measure: string; value: number }[]
  >`
    select ${sql(unit)} as at, account_id as account, connector, measure, value::float8 as value
    from ${sql(`metric_${unit}`)}`;
  return new Map(rows.map(({ at, account, connector, measure, value }) => [
    [at.toISOString(), account, connector, measure].join("|"),
    value,
  ]));
}

Deno.test("each count is in its minute, hour and day once, in whatever batches it is folded", async () => {
  await withDatabase(async (sql) => {
    const next = numbers(11);
    const accounts = [v7(), v7(), v7()];
    const expected = { minute: new Map(), hour: new Map(), day: new Map() };
    const add = (into: Map<string, number>, key: unknown[], value: number) =>
      into.set(key.join("|"), (into.get(key.join("|")) ?? 0) + value);
    for (let batch = 0; batch < 40; batch++) {
      const deltas = Array.from({ length: 25 }, () => {
        // Over five days, in no order: what is late belongs to its own time.
        const at = new Date(NOW.getTime() - next(5 * 24 * 60) * MINUTE);
        const gateway = next(4) === 0;
        const connector = ["", "op_a", "op_b"][gateway ? 1 + next(2) : next(3)] ?? "";
        const measure = gateway
          ? "gateway_submit"
          : ["submitted", "delivered", "mo"][next(3)] ?? "";
        const accountId = gateway ? GATEWAY_ACCOUNT : accounts[next(3)] ?? "";
        return delta(at, accountId, measure, next(9) - 2, connector);
      });
      await leave(sql, deltas);
      for (const { minute, accountId, connector, measure, value } of deltas) {
        const hour = new Date(Math.floor(minute.getTime() / 3_600_000) * 3_600_000);
        const times = { minute, hour, day: startOfDay(minute) };
        for (const [unit, at] of Object.entries(times)) {
          const into = expected[unit as keyof typeof expected]; // the keys of `times`
          const owners = accountId === GATEWAY_ACCOUNT ? [accountId] : [accountId, GATEWAY_ACCOUNT];
          for (const owner of owners) {
            add(into, [at.toISOString(), owner, connector, measure], value);
          }
          add(into, [at.toISOString(), GATEWAY_ACCOUNT, ALL_CONNECTORS, measure], value);
        }
      }
      if (batch % 3 === 0) await foldDeltas(sql, 1 + next(60));
      // Two that fold at once take different deltas.
      if (batch % 7 === 0) await Promise.all([foldDeltas(sql, 30), foldDeltas(sql, 30)]);
    }
    await foldAll(sql, 37);
    await foldAll(sql);
    for (const unit of ["minute", "hour", "day"] as const) {
      assert.deepEqual(
        [...await sums(sql, unit)].sort(),
        [...expected[unit]].sort(),
        unit,
      );
    }
    const [left] = await sql<{ n: number }[]>`select count(*)::int as n from metric_deltas`;
    assert.equal(left?.n, 0);
  });
});

async function history(
  sql: Sql,
  request: HistoryRequest,
  measures: readonly HistoryMeasure[],
  more: { scope?: Scope; by?: "connector" | "account"; connector?: string } = {},
) {
  const { scope = ALL_ACCOUNTS, ...rest } = more;
  const query = { window: windowOf(request, NOW), measures, scope, ...rest };
  return await readHistory(sql, query, NOW);
}

Deno.test("a step in which nobody measured is null, one in which nothing happened is 0", async () => {
  await withDatabase(async (sql) => {
    const account = v7();
    const minutes = (ago: number) => new Date(NOW.getTime() - ago * MINUTE);
    await leave(sql, [
      delta(minutes(50), account, "submitted", 7),
      delta(minutes(50), account, "delivered", 3),
      delta(minutes(50), account, "undelivered", 1),
      delta(minutes(40), GATEWAY_ACCOUNT, "gateway_submit", 9, "op_a"),
    ]);
    await foldAll(sql);
    for (const ago of [30, 29, 1]) await markMeasured(sql, ["figures"], minutes(ago));
    const { series: [all], coverage } = await history(sql, { range: "1h" }, [
      "submitted",
      "failed",
      "delivery_rate",
      "gateway_submit",
    ]);
    assert.ok(all);
    const at = (measure: HistoryMeasure, ago: number) => all.values[measure]?.at(-1 - ago);
    assert.equal(at("submitted", 50), 7, "counted, though only later");
    assert.equal(at("failed", 50), 1);
    assert.equal(at("delivery_rate", 50), 0.75);
    assert.equal(at("submitted", 30), 0);
    assert.equal(at("delivery_rate", 30), null, "a rate of nothing");
    assert.equal(at("submitted", 20), null, "a gap");
    assert.equal(at("gateway_submit", 30), null, "who folds counts doesn't watch the gateway");
    assert.equal(all.totals.submitted, 7);
    assert.deepEqual(
      [coverage.at(-1 - 50), coverage.at(-1 - 30), coverage.at(-1 - 20)],
      [1, 1, 0],
    );
    assert.equal(all.previousTotals.submitted, null, "nobody measured before either");
  });
});

Deno.test("a history is the same by minutes, hours and days, by whom and by connector", async () => {
  await withDatabase(async (sql) => {
    const [one, two] = [v7(), v7()];
    const next = numbers(5);
    const total = { [one]: 0, [two]: 0 };
    const deltas = Array.from({ length: 600 }, () => {
      const owner = next(3) === 0 ? one : two;
      const value = next(5);
      total[owner] = (total[owner] ?? 0) + value;
      const at = new Date(NOW.getTime() - next(7 * 24 * 60 - 30) * MINUTE);
      return delta(at, owner, "submitted", value, next(2) === 0 ? "op_a" : "op_b");
    });
    const old = delta(new Date(NOW.getTime() - 10 * 24 * 60 * MINUTE), one, "submitted", 1_000);
    await leave(sql, [...deltas, old]);
    await foldAll(sql);
    const sum = (total[one] ?? 0) + (total[two] ?? 0);
    const from = new Date(NOW.getTime() - 7 * 24 * 60 * MINUTE);
    for (const step of ["15m", "1h", "1d"] as const) {
      const { series, window } = await history(sql, { range: "custom", from, step }, ["submitted"]);
      assert.equal(series[0]?.totals.submitted, sum, step);
      const values = series[0]?.values.submitted ?? [];
      assert.equal(values.reduce<number>((all, each) => all + (each ?? 0), 0), sum, step);
      assert.equal(values.length, window.edges.length - 1);
    }
    const week = await history(sql, { range: "week" }, ["submitted"]);
    assert.equal(week.series[0]?.previousTotals.submitted, 1_000, "the week before");
    const byAccount = await history(sql, { range: "week" }, ["submitted"], { by: "account" });
    assert.deepEqual(
      byAccount.series.map(({ key, totals }) => [key, totals.submitted]),
      [[two, total[two]], [one, total[one]]],
      "the busiest first",
    );
    const scope: Scope = { kind: "accounts", ids: [one] };
    const own = await history(sql, { range: "week" }, ["submitted"], { scope });
    assert.equal(own.series[0]?.totals.submitted, total[one]);
    const byConnector = await history(sql, { range: "week" }, ["submitted"], { by: "connector" });
    assert.deepEqual(byConnector.series.map(({ key }) => key).sort(), ["op_a", "op_b"]);
    const part = byConnector.series.find(({ key }) => key === "op_a")?.totals.submitted;
    const one_ = await history(sql, { range: "week" }, ["submitted"], { connector: "op_a" });
    assert.equal(one_.series[0]?.totals.submitted, part);
  });
});

Deno.test("minutes go after 45 days, hours after two years, days stay", async () => {
  await withDatabase(async (sql) => {
    const account = v7();
    const days = (ago: number) => new Date(NOW.getTime() - ago * 24 * 60 * MINUTE);
    await leave(sql, [44, 46, 730, 733].map((ago) => delta(days(ago), account, "submitted", ago)));
    await foldAll(sql);
    await pruneFigures(sql, NOW);
    const kept = async (unit: "minute" | "hour" | "day") =>
      (await sql<{ value: number }[]>`
        select value::float8 as value from ${sql(`metric_${unit}`)}
        where account_id = ${account} order by value`).map(({ value }) => value);
    assert.deepEqual(await kept("minute"), [44]);
    assert.deepEqual(await kept("hour"), [44, 46, 730]);
    assert.deepEqual(await kept("day"), [44, 46, 730, 733]);
  });
});

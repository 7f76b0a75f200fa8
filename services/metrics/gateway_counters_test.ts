import assert from "node:assert/strict";
import fc from "fast-check";
import { withDatabase } from "../accounts/testing.ts";
import { foldDeltas } from "./fold.ts";
import { increase, recordCounters, spread } from "./gateway_counters.ts";

Deno.test("what passed while nobody looked is spread over that time, and nothing of it is lost", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null }),
    (value, minutesAgo) => {
      const now = new Date("2030-01-10T10:00:40Z");
      const last = minutesAgo === null ? null : new Date(now.getTime() - minutesAgo * 60_000);
      const pieces = spread(value, last, now);
      assert.equal(pieces.reduce((sum, piece) => sum + piece.value, 0), value);
      for (const piece of pieces) {
        assert.ok(piece.minute <= now);
        assert.equal(piece.minute.getTime() % 60_000, 0);
        // The last look's own minute was told already, unless it is still under way.
        if (last !== null && minutesAgo !== 0) assert.ok(piece.minute > last);
      }
      const sizes = pieces.map((piece) => piece.value);
      assert.ok(sizes.length === 0 || Math.max(...sizes) - Math.min(...sizes) <= 1);
      assert.ok(pieces.length <= 60);
    },
  ));
  const now = new Date("2030-01-10T10:00:40Z");
  assert.deepEqual(spread(5, null, now), [{ minute: new Date("2030-01-10T10:00:00Z"), value: 5 }]);
});

Deno.test("a counter that fell began anew with the gateway", () => {
  assert.equal(increase(undefined, 900), 0, "the first look tells nothing");
  assert.equal(increase(10, 15), 5);
  assert.equal(increase(900, 4), 4);
});

Deno.test("looks at counters become counts of the installation's connectors", async () => {
  await withDatabase(async (sql) => {
    const look = (submit: number) =>
      recordCounters(sql, "main", [{ cid: "op_a", submit, deliver: 0, throttled: 0, errors: 0 }]);
    for (const submit of [100, 130, 130, 5]) await look(submit);
    await foldDeltas(sql);
    const [sum] = await sql<{ value: number; measured: number }[]>`
      select sum(value)::float8 as value, (
        select count(*)::int from metric_measured where source = 'gateway'
      ) as measured
      from metric_minute where connector = 'op_a' and measure = 'gateway_submit'`;
    assert.equal(sum?.value, 35);
    assert.ok(sum.measured >= 1);
  });
});

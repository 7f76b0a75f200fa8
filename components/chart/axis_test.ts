import assert from "node:assert/strict";
import fc from "fast-check";
import { axisFor, momentsBetween } from "./axis.ts";

Deno.test("round labels, from 0, four at most", () => {
  const table: [number, number, number[]][] = [
    [280, 3, [0, 100, 200, 300]],
    [311.9, 3, [0, 200, 400]],
    [16, 1, [0, 20]],
    [7.7, 1, [0, 10]],
    [43, 1, [0, 50]],
    [0.3, 3, [0, 0.1, 0.2, 0.3]],
    [1, 3, [0, 0.5, 1]],
    [0, 3, [0, 1]],
    [NaN, 3, [0, 1]],
    [-5, 1, [0, 1]],
  ];
  for (const [most, intervals, ticks] of table) {
    assert.deepEqual(axisFor(most, intervals).ticks, ticks, String(most));
  }
});

Deno.test("property: the axis holds the value, and not much more", () => {
  fc.assert(fc.property(
    fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
    fc.constantFrom(1, 2, 3),
    (most, intervals) => {
      const { top, ticks } = axisFor(most, intervals);
      assert.ok(top >= most * (1 - 1e-8), `${top} < ${most}`);
      assert.ok(top <= most * 2.6, `${top} is far over ${most}`);
      assert.ok(ticks.length <= intervals + 1);
      assert.equal(ticks.at(-1), top);
    },
  ));
});

Deno.test("moments lie on whole minutes, hours or days", () => {
  const at = (time: string) => new Date(`2026-04-14T${time}Z`);
  const times = (from: string, to: string) =>
    momentsBetween(at(from), at(to)).map((moment) => moment.toISOString().slice(11, 19));
  assert.deepEqual(times("12:27:07", "12:32:07"), [
    "12:28:00",
    "12:29:00",
    "12:30:00",
    "12:31:00",
    "12:32:00",
  ]);
  assert.deepEqual(times("11:32:07", "12:32:07"), ["11:45:00", "12:00:00", "12:15:00", "12:30:00"]);
  assert.deepEqual(times("12:00:00", "12:00:30"), ["12:00:00", "12:00:10", "12:00:20", "12:00:30"]);
});

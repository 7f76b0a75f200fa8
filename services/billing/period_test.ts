import assert from "node:assert/strict";
import fc from "fast-check";
import { current, monthStart } from "./period.ts";

Deno.test("a month begins at midnight UTC of its first day", () => {
  assert.deepEqual(monthStart(new Date("2026-12-31T23:59:59.999Z")), new Date("2026-12-01"));
  assert.deepEqual(monthStart(new Date("2027-01-01T00:00:00.000Z")), new Date("2027-01-01"));
});

Deno.test("a new month starts at zero, the same one and an earlier moment keep the count", () => {
  const date = fc.date({
    min: new Date("2020-01-01"),
    max: new Date("2040-01-01"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(date, date, fc.bigInt({ min: 0n, max: 1_000n }), (then, at, used) => {
    const counter = { period: "month", periodStart: monthStart(then), used } as const;
    const result = current(counter, at);
    if (monthStart(at) > monthStart(then)) {
      assert.deepEqual(result, { ...counter, periodStart: monthStart(at), used: 0n });
    } else {
      assert.deepEqual(result, counter);
    }
  }));
});

Deno.test("a total never starts anew", () => {
  const counter = { period: "total", periodStart: new Date(0), used: 7n } as const;
  assert.deepEqual(current(counter, new Date("2099-01-01")), counter);
});

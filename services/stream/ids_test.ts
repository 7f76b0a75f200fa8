import assert from "node:assert/strict";
import fc from "fast-check";
import { compareIds, isEntryId, START_ID } from "./ids.ts";

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

Deno.test("compareIds orders as the numbers do, beyond 2^53", () => {
  fc.assert(fc.property(uint64, uint64, uint64, uint64, (aMs, aSeq, bMs, bSeq) => {
    const expected = aMs !== bMs ? (aMs < bMs ? -1 : 1) : aSeq === bSeq ? 0 : aSeq < bSeq ? -1 : 1;
    assert.equal(Math.sign(compareIds(`${aMs}-${aSeq}`, `${bMs}-${bSeq}`)), expected);
  }));
});

Deno.test("an id without a sequence is its first entry", () => {
  assert.equal(compareIds("5", "5-0"), 0);
  assert.ok(compareIds("5", "5-1") < 0);
  assert.ok(compareIds(START_ID, "1-0") < 0);
});

Deno.test("isEntryId takes ids of both drivers and nothing else", () => {
  for (const good of ["0", "0-0", "1700000000000-12", "1764000000000001"]) {
    assert.ok(isEntryId(good), good);
  }
  for (
    const bad of ["", "-", "+", "$", ">", "(1", "01", "1-", "-1", "1-2-3", "1 2", "9".repeat(21)]
  ) {
    assert.ok(!isEntryId(bad), bad);
  }
});

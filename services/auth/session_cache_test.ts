import assert from "node:assert/strict";
import { TtlCache } from "./session_cache.ts";

function at(maxEntries = 10) {
  let now = 0;
  let loads = 0;
  const cache = new TtlCache<number>({ maxEntries, now: () => now, ttlMs: 100 });
  const load = () => Promise.resolve(++loads);
  return { cache, get: (key: string) => cache.get(key, load), set: (to: number) => now = to };
}

Deno.test("a value is loaded once in its time, by however many at once", async () => {
  const { get, set } = at();
  assert.deepEqual(await Promise.all([get("a"), get("a"), get("b")]), [1, 1, 2]);
  set(99);
  assert.equal(await get("a"), 1);
  set(100);
  assert.equal(await get("a"), 3);
});

Deno.test("a clock that goes back doesn't keep a value longer", async () => {
  const { get, set } = at();
  set(1_000);
  assert.equal(await get("a"), 1);
  set(0);
  assert.equal(await get("a"), 2);
});

Deno.test("a failed load isn't kept", async () => {
  const { cache, get } = at();
  await assert.rejects(cache.get("a", () => Promise.reject(new Error("no"))), /no/);
  assert.equal(await get("a"), 1);
});

Deno.test("a deleted value is loaded again, and the oldest goes when there are too many", async () => {
  const { cache, get } = at(2);
  await get("a");
  cache.delete("a");
  assert.equal(await get("a"), 2);
  await get("b");
  await get("c");
  assert.equal(await get("b"), 3);
  assert.equal(await get("a"), 5);
});

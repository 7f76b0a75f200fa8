import assert from "node:assert/strict";
import fc from "fast-check";
import { UnavailableError } from "../errors/mod.ts";
import { Batcher } from "./batcher.ts";
import { numbered } from "./testing/harness.ts";

Deno.test("appends made together travel together, and each gets its own ids", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.integer({ min: 0, max: 1_700 }), { maxLength: 12 }),
    async (sizes) => {
      const batches: number[] = [];
      let next = 0;
      const batcher = new Batcher((batch) => {
        batches.push(batch.length);
        return Promise.resolve(batch.map(() => String(next++)));
      });
      const answers = await Promise.all(sizes.map((size) => batcher.add(numbered(0, size))));
      let expected = 0;
      answers.forEach((ids, index) => {
        assert.equal(ids.length, sizes[index]);
        for (const id of ids) assert.equal(id, String(expected++));
      });
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.equal(batches.length, Math.ceil(total / 1_000));
      await batcher.idle();
    },
  ));
});

Deno.test("a batch that fails rejects its own appends and no other", async () => {
  let fail = true;
  const batcher = new Batcher((batch) => {
    if (!fail) return Promise.resolve(batch.map(() => "1"));
    fail = false;
    return Promise.reject(new Error("away"));
  });
  const first = batcher.add(numbered(0, 600));
  const second = batcher.add(numbered(0, 600)); // split over both batches
  const third = batcher.add(numbered(0, 10));
  await assert.rejects(first, /away/);
  await assert.rejects(second, /away/);
  assert.equal((await third).length, 10);
});

Deno.test("what can't be stored in time is refused, not hoarded", async () => {
  const held = Promise.withResolvers<void>();
  const batcher = new Batcher(async (batch) => {
    await held.promise;
    return batch.map(() => "1");
  });
  const waiting = Array.from({ length: 101 }, () => batcher.add(numbered(0, 1_000)));
  await Promise.resolve(); // the first batch is taken
  await Promise.resolve();
  await assert.rejects(
    Promise.all([batcher.add(numbered(0, 1_000)), batcher.add(numbered(0, 1))]),
    UnavailableError,
  );
  held.resolve();
  await Promise.allSettled(waiting);
  await batcher.idle();
});

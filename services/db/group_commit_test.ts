import assert from "node:assert/strict";
import { UnavailableError } from "../errors/mod.ts";
import { GroupCommit } from "./group_commit.ts";

Deno.test("items that arrive during a flush travel together, in order, within the limit", async () => {
  const batches: number[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const commit = new GroupCommit<number>(async (items) => {
    batches.push([...items]);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
  }, { limit: 3 });
  const first = commit.add(1);
  await Promise.resolve();
  const rest = [2, 3, 4, 5].map((item) => commit.add(item));
  gates[0]?.resolve();
  await first;
  assert.deepEqual(batches, [[1], [2, 3, 4]]);
  gates[1]?.resolve();
  await rest[2];
  gates[2]?.resolve();
  await commit.idle();
  assert.deepEqual(batches, [[1], [2, 3, 4], [5]]);
});

Deno.test("a failed batch fails its own items and no other", async () => {
  const commit = new GroupCommit<string>((items) => {
    return items.includes("bad") ? Promise.reject(new Error("no")) : Promise.resolve();
  }, { limit: 1 });
  const results = await Promise.allSettled([commit.add("bad"), commit.add("good")]);
  assert.deepEqual(results.map((result) => result.status), ["rejected", "fulfilled"]);
});

Deno.test("more than the capacity is refused", async () => {
  const gate = Promise.withResolvers<void>();
  const commit = new GroupCommit<number>(() => gate.promise, { limit: 1, capacity: 1 });
  const first = commit.add(1);
  await Promise.resolve();
  const second = commit.add(2);
  await assert.rejects(commit.add(3), UnavailableError);
  gate.resolve();
  await Promise.all([first, second]);
});

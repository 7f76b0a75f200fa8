import assert from "node:assert/strict";
import { Limit } from "./limit.ts";

Deno.test("no more tasks run at once than allowed, in their order, failures included", async () => {
  const limit = new Limit(3);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const tasks = Array.from({ length: 20 }, (_, n) =>
    limit.run(async () => {
      order.push(n);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (n % 5 === 0) throw new Error("failed");
      return n;
    }));
  const results = await Promise.allSettled(tasks);
  assert.equal(most, 3);
  assert.deepEqual(order, Array.from({ length: 20 }, (_, n) => n));
  assert.equal(results.filter((each) => each.status === "rejected").length, 4);
});

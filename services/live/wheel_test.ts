import assert from "node:assert/strict";
import { until } from "./testing/sinks.ts";
import { Wheel } from "./wheel.ts";

Deno.test("each member has one turn in a round, and no turn has them all", async () => {
  const turns: number[][] = [];
  const wheel = new Wheel<number>(60, (due) => turns.push([...due]));
  for (let n = 0; n < 100; n++) wheel.add(n);
  assert.equal(wheel.size, 100);
  wheel.start();
  try {
    await until(() => turns.length >= 15);
  } finally {
    wheel.stop();
  }
  const round = turns.slice(0, 15);
  assert.deepEqual(round.flat().sort((a, b) => a - b), Array.from({ length: 100 }, (_, n) => n));
  assert.ok(round.every((due) => due.length <= 7));
});

Deno.test("members may leave on their turn", async () => {
  let seen = 0;
  const wheel: Wheel<number> = new Wheel(30, (due) => {
    for (const each of due) {
      seen += 1;
      wheel.delete(each);
    }
  });
  for (let n = 0; n < 45; n++) wheel.add(n);
  wheel.start();
  try {
    await until(() => wheel.size === 0);
  } finally {
    wheel.stop();
  }
  assert.equal(seen, 45);
  assert.deepEqual([...wheel.members()], []);
});

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { drawDelay, drawWeighted, randomFor } from "./random.ts";
import { Timeline } from "./timeline.ts";

Deno.test("runs come in the order of their times, equal ones as added", async () => {
  const delays = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(delays, async (all) => {
      const timeline = new Timeline();
      // The due time lies between these two, however long the machine pauses meanwhile.
      const ran: { earliest: number; latest: number; ranAt: number }[] = [];
      await Promise.all(all.map((delay) =>
        new Promise<void>((resolve) => {
          const entry = { earliest: performance.now() + delay, latest: 0, ranAt: 0 };
          timeline.after(delay, () => {
            ran.push({ ...entry, ranAt: performance.now() });
            resolve();
          });
          entry.latest = performance.now() + delay;
        })
      ));
      timeline.stop();
      let latestBefore = -Infinity;
      for (const { earliest, latest, ranAt } of ran) {
        ok(ranAt >= earliest - 1);
        ok(latest >= latestBefore);
        latestBefore = Math.max(latestBefore, earliest);
      }
    }),
    { numRuns: 15 },
  );
});

Deno.test("what is cancelled, stopped or added after the stop does not run", async () => {
  const timeline = new Timeline();
  let ran = "";
  const cancel = timeline.after(0, () => ran += "cancelled");
  cancel();
  await new Promise<void>((resolve) => timeline.after(2, resolve));
  timeline.after(0, () => ran += "stopped");
  timeline.stop();
  timeline.after(0, () => ran += "late");
  await new Promise((resolve) => setTimeout(resolve, 5));
  equal(ran, "");
});

Deno.test("draws depend on seed and key alone, and are spread evenly", () => {
  const draws = (seed: number, key: string) => {
    const random = randomFor(seed, key);
    return Array.from({ length: 5 }, random);
  };
  deepEqual(draws(1, "a"), draws(1, "a"));
  ok(draws(1, "a")[0] !== draws(2, "a")[0] && draws(1, "a")[0] !== draws(1, "b")[0]);
  // Each key's first draw is what decides outcomes, so those have to be spread.
  const tenths = new Array<number>(10).fill(0);
  for (let key = 0; key < 10_000; key++) {
    const tenth = Math.floor(randomFor(1, `34600${key} 0`)() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  ok(tenths.every((count) => count > 850 && count < 1150), tenths.join(" "));
});

Deno.test("delays and weights are drawn as they say", () => {
  const random = randomFor(3, "delays");
  const mean = (draw: () => number) =>
    Array.from({ length: 5000 }, draw).reduce((sum, each) => sum + each, 0) / 5000;
  equal(drawDelay(7, random), 7);
  const near = (value: number, wanted: number) =>
    ok(Math.abs(value - wanted) < wanted / 10, `${value}`);
  near(mean(() => drawDelay({ min: 10, max: 30 }, random)), 20);
  near(mean(() => drawDelay({ mean: 100 }, random)), 100);
  near(mean(() => drawDelay({ mean: 100, deviation: 20 }, random)), 100);
  near(mean(() => drawWeighted({ yes: 3, no: 1 }, random) === "yes" ? 1 : 0), 0.75);
  equal(drawWeighted({ never: 0 }, random), undefined);
});

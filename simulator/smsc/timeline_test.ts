import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { drawDelay, drawWeighted, randomFor } from "./random.ts";
import { Timeline } from "./timeline.ts";

Deno.test("runs come in the order of their times, equal ones as added", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 50 }),
      async (delays) => {
        const timeline = new Timeline();
        const ran: [number, number][] = [];
        const start = performance.now();
        const all = delays.map((delay, at) =>
          new Promise<void>((resolve) => {
            // In whole steps, so that adding takes less time than lies between two of them.
            timeline.after(delay * 5, () => {
              ok(performance.now() - start >= delay * 5 - 1);
              ran.push([delay, at]);
              resolve();
            });
          })
        );
        await Promise.all(all);
        timeline.stop();
        deepEqual(ran, [...ran].sort(([d1, a1], [d2, a2]) => d1 - d2 || a1 - a2));
      },
    ),
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

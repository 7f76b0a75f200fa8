import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 40;

/**
 * Waits for a condition and answers with what it found. Its absence is a failure that says what was
 * waited for, and for how long.
 */
export async function until<Found>(
  what: string,
  seconds: number,
  holds: () => Promise<Found> | Found,
): Promise<Exclude<Found, false | null | undefined>> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await holds();
    if (found !== false && found !== null && found !== undefined) {
      // What was excluded just now; the compiler doesn't narrow a type parameter.
      return found as Exclude<Found, false | null | undefined>;
    }
    if (performance.now() > deadline) assert.fail(`Waited ${seconds} s in vain for ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

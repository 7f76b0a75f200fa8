/**
 * The simulator says what was recorded from the real gateway: that is what makes a test against it
 * worth something.
 */

import assert from "node:assert/strict";
import { firstDifference } from "./compare.ts";
import { playOnSimulator } from "./gateways.ts";
import { SCRIPTS } from "./scripts/mod.ts";
import { parseTranscript } from "./transcript.ts";

for (const script of SCRIPTS.filter(({ realOnly }) => !realOnly)) {
  Deno.test(`the simulator says what was recorded: ${script.name}`, async () => {
    const file = new URL(`./transcripts/${script.name}.txt`, import.meta.url);
    const recorded = parseTranscript(await Deno.readTextFile(file));
    const played = await playOnSimulator(script, recorded);
    const difference = firstDifference(recorded, played);
    assert.equal(difference, undefined, difference);
  });
}

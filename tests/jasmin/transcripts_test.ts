/**
 * The real gateway still says what the transcripts hold. What the simulator says is compared with
 * the same files, in `simulator_transcripts_test.ts`: that is what makes it worth testing against.
 */

import assert from "node:assert/strict";
import { jasminMissing } from "../setup/mod.ts";
import { firstDifference } from "./compare.ts";
import { playOnJasmin } from "./gateways.ts";
import { SCRIPTS } from "./scripts/mod.ts";
import { parseTranscript } from "./transcript.ts";
import { startRabbitmq } from "../setup/rabbitmq.ts";

const missing = await jasminMissing();

// One broker for all scripts of a run by hand; `deno task test` gives one.
const given = Deno.env.get("TEST_AMQP_PORT");
const amqpPort = missing !== undefined
  ? 0
  : given === undefined
  ? (await startRabbitmq()).port
  : Number(given);

for (const script of SCRIPTS) {
  Deno.test({
    name: `the real gateway says what was recorded: ${script.name}`,
    ignore: missing !== undefined,
    async fn() {
      const file = new URL(`./transcripts/${script.name}.txt`, import.meta.url);
      const recorded = parseTranscript(await Deno.readTextFile(file));
      const played = await playOnJasmin(script, amqpPort, recorded);
      const difference = firstDifference(recorded, played);
      assert.equal(difference, undefined, difference);
    },
  });
}

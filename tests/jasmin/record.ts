/**
 * Records the transcripts from the real gateway:
 * `deno run -A tests/jasmin/record.ts [name of a script ...]`
 *
 * Look at the difference before it is committed: it is what the gateway's behaviour changed to.
 */

import { startRabbitmq } from "../setup/rabbitmq.ts";
import { JASMIN_VERSION } from "../setup/jasmin_install.ts";
import { playOnJasmin } from "./gateways.ts";
import { SCRIPTS } from "./scripts/mod.ts";
import { formatTranscript } from "./transcript.ts";

/** The folder of the recorded transcripts. */
const FOLDER = new URL("./transcripts/", import.meta.url);

const wanted = SCRIPTS.filter(({ name }) => Deno.args.length === 0 || Deno.args.includes(name));
const rabbitmq = await startRabbitmq();
try {
  for (const script of wanted) {
    const entries = await playOnJasmin(script, rabbitmq.port);
    const remarks = [
      script.about,
      `Recorded from Jasmin ${JASMIN_VERSION} by tests/jasmin/record.ts`,
    ];
    const text = formatTranscript(remarks, entries);
    await Deno.writeTextFile(new URL(`${script.name}.txt`, FOLDER), text);
    // deno-lint-ignore no-console -- a program for the terminal
    console.log(`${script.name}: ${entries.length} entries`);
  }
} finally {
  await rabbitmq.stop();
}

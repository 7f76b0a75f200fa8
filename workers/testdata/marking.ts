/** Leaves a file in the data directory when it has drained. */
import { runRole } from "../worker.ts";

runRole("ingest", async ({ config, signal, ready }) => {
  ready();
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await Deno.writeTextFile(`${config.dataDir}/drained`, "");
});

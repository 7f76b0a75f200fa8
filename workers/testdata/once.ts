/** Dies once, then works: the file named by the data directory remembers. */
import { runRole } from "../worker.ts";

runRole("metrics", async ({ config, signal, ready }) => {
  const mark = `${config.dataDir}/died`;
  try {
    await Deno.stat(mark);
  } catch {
    await Deno.writeTextFile(mark, "");
    throw new Error("died once");
  }
  ready();
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
});

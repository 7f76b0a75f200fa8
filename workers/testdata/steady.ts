/** Works until it is stopped, and needs a moment to drain. */
import { runRole } from "../worker.ts";

runRole("ingest", async ({ config, index, signal, beat, log }) => {
  log.debug("steady");
  beat({ port: config.port, index });
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  beat({ drained: true });
});

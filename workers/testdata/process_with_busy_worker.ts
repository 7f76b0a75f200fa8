/** A process in which one worker gets stuck beside one that drains; the second leaves a mark. */
import { loadConfig } from "../../services/config/mod.ts";
import { startSupervisor } from "../supervisor.ts";

const [dataDir = ""] = Deno.args;
startSupervisor({
  config: loadConfig({
    SECRET_KEY: "0123456789abcdef".repeat(4),
    JASMIN_PASSWORD: "jclipwd",
    DATA_DIR: dataDir,
  }),
  roles: [
    { role: "gateway", file: new URL("./busy.ts", import.meta.url), permissions: {} },
    {
      role: "ingest",
      file: new URL("./marking.ts", import.meta.url),
      permissions: { write: [dataDir] },
    },
  ],
  heartbeatMs: 100,
  silentAfterMs: 600,
});

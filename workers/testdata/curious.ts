/** Reports what it may do. */
import { runRole } from "../worker.ts";

async function may(descriptor: Deno.PermissionDescriptor): Promise<string> {
  return (await Deno.permissions.query(descriptor)).state;
}

runRole("ingest", async ({ signal, beat }) => {
  beat({
    allowed: await may({ name: "net", host: "127.0.0.1:1" }),
    otherHost: await may({ name: "net", host: "127.0.0.2:1" }),
    run: await may({ name: "run" }),
    env: await may({ name: "env" }),
  });
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
});

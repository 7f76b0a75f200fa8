/** A process that runs an embedded server, prints its URL and waits to be killed. */
import { startEmbedded } from "../mod.ts";

const [dataDir = ""] = Deno.args;
const { url } = await startEmbedded(dataDir);
await Deno.stdout.write(new TextEncoder().encode(`${url}\n`));
setInterval(() => {}, 60_000);

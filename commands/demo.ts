/**
 * `demo`: everything on a fresh machine, with the embedded database, a simulated gateway and sample
 * data. The parent only starts its child again when that asks for it.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { type Config, loadConfig } from "../services/config/mod.ts";
import { findRunning } from "../services/db/mod.ts";
import { ConflictError } from "../services/errors/mod.ts";
import { logger, setLogLevel } from "../services/log/mod.ts";
import { superviseChild, whenParentGone } from "../workers/supervisor.ts";
import { DEMO_USERS, seedDemo, sendDemoTraffic } from "./demo_data.ts";
import { DEMO_JCLI, startDemoGateway } from "./demo_gateway.ts";
import { asked } from "./serve.ts";
import { startServer } from "./server.ts";

const DEFAULT_PASSWORD = "demo";
const MESSAGES_PER_SECOND = 3;

/** How this program is started again as a child: by its file, or as the compiled binary it is. */
function childArguments(): string[] {
  const command = ["demo", "--child"];
  if (Deno.build.standalone) return command;
  return ["run", "-q", "-P=serve", "--no-prompt", Deno.mainModule, ...command];
}

/** A secret of the data directory's own, so that a second start reads what the first one sealed. */
async function secretKey(dataDir: string): Promise<string> {
  const path = `${dataDir}/secret.key`;
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
    await Deno.mkdir(dataDir, { recursive: true });
    await Deno.writeTextFile(path, secret, { mode: 0o600 });
    return secret;
  }
}

function tell(url: string, password: string): void {
  console.log(`
Jasmin Dashboard, demo
  ${url}

  The gateway and its SMSCs are simulated: no message leaves this machine.

  Logins, all with the password "${password}":
${
    DEMO_USERS.map(({ email, role }) => `    ${email.padEnd(20)} ${role.replace("_", " ")}`).join(
      "\n",
    )
  }

  Follow a message:  npx -y deno@2.9.6 task send --url ${url} +34600000001 "Hello"
  Stop with Ctrl-C; the data is kept.
`);
}

async function runDemo(): Promise<number> {
  const end = Promise.race([asked(), whenParentGone()]);
  const env = Deno.env.toObject();
  const dataDir = env.DATA_DIR || "./data/demo";
  const password = env.DEMO_PASSWORD || DEFAULT_PASSWORD;
  const read = (more: Record<string, string>): Config =>
    loadConfig({ ...env, JASMIN_PASSWORD: DEMO_JCLI.password, ...more, DATA_DIR: dataDir });
  // Faults of the environment are told before anything is started; the gateway's ports come later.
  setLogLevel(read({ SECRET_KEY: await secretKey(dataDir) }).debug ? "debug" : "warn");
  // Before the gateway is started on the folder of the demo that runs.
  const running = await findRunning(dataDir);
  if (running !== null) {
    throw new ConflictError(
      `DATA_DIR ${dataDir} is in use by process ${running.pid} since ${running.startedAt.toISOString()}; ` +
        "stop it, or give this one another DATA_DIR",
    );
  }
  const gateway = await startDemoGateway(`${dataDir}/gateway`);
  const stopTraffic = new AbortController();
  try {
    const server = await startServer(
      read({
        SECRET_KEY: await secretKey(dataDir),
        DATABASE_URL: "",
        REDIS_URL: "",
        JASMIN_HOST: gateway.host,
        JASMIN_TELNET_PORT: String(gateway.jcliPort),
        JASMIN_HTTP_PORT: String(gateway.httpPort),
        JASMIN_USERNAME: DEMO_JCLI.username,
      }),
      { simulated: true },
    );
    try {
      const { services, sql, url } = server;
      if (services === null || url === null) throw new Error("The demo has a web part");
      await seedDemo(sql, services.auth, password);
      await server.ready;
      tell(url, password);
      const traffic = sendDemoTraffic({
        sql,
        messages: services.messages,
        log: logger("demo"),
        perSecond: MESSAGES_PER_SECOND,
        signal: stopTraffic.signal,
      });
      await end;
      stopTraffic.abort();
      await traffic;
    } finally {
      await server.stop();
    }
  } finally {
    await gateway.stop();
  }
  return 0;
}

export async function demo(args: readonly string[]): Promise<number> {
  if (args.includes("--child")) return await runDemo();
  return await superviseChild(childArguments());
}

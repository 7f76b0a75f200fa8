/**
 * An installation to be examined: a database, a simulated gateway, and what answers at HOOK_URL.
 * @module
 */
import {
  ALL_ACCOUNTS,
  ensureRoot,
  saveGatewayUser,
  secretBox,
  updateAccount,
} from "../accounts/mod.ts";
import { type TestDatabase, testDatabase } from "../accounts/testing.ts";
import { type Config, loadConfig } from "../config/mod.ts";
import { jasminConsole, JcliSession, setUpGateway } from "../gateway/mod.ts";
import { logger, setLogLevel } from "../log/mod.ts";
import { createHooks, hookSigner } from "../messages/mod.ts";
import {
  type JasminSimulator,
  type JasminSimulatorOptions,
  startJasminSimulator,
} from "../../simulator/jasmin/mod.ts";
import type { Check, CheckResult } from "./model.ts";
import { runChecks } from "./run.ts";
import { type DatabasePlace, Surroundings } from "./surroundings.ts";

export const SECRET_KEY = "a-secret-key-of-the-tests-0123456789";

/** A port on which nothing listens. */
export function closedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** A program on loopback that is not the one that is looked for. */
export interface StandIn {
  readonly port: number;
  close(): Promise<void>;
}

export function standIn(handle: (request: Request) => Response | Promise<Response>): StandIn {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
  return { port: server.addr.port, close: () => server.shutdown() };
}

/** The configuration of a service with nothing around it. */
export function testConfig(env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    SECRET_KEY,
    JASMIN_PASSWORD: "jclipwd",
    PORT: String(closedPort()),
    ...env,
  });
}

/** Examines once. */
export async function examineOnce(
  check: Check,
  config: Config,
  database: DatabasePlace,
  now?: () => number,
): Promise<CheckResult> {
  await using at = new Surroundings({ config, database, ...(now === undefined ? {} : { now }) });
  const [result] = await runChecks([check], at);
  if (result === undefined) throw new Error("Each check has a result");
  return result;
}

/** Everything in its place, to be broken by a test. */
export class Installation implements AsyncDisposable {
  private constructor(
    readonly database: TestDatabase,
    readonly gateway: JasminSimulator,
    readonly hooks: StandIn,
    readonly config: Config,
  ) {}

  static async start(options: JasminSimulatorOptions = {}): Promise<Installation> {
    setLogLevel("silent");
    const database = await testDatabase({ max: 3 });
    await ensureRoot(database.sql);
    const gateway = await startJasminSimulator(options);
    const service = standIn(async (request) => {
      const [, , , kind, id = "", signature = ""] = new URL(request.url).pathname.split("/");
      if (kind !== "dlr") return new Response("Not found", { status: 404 });
      try {
        await hooks.dlr(id, signature, new URLSearchParams(await request.text()));
        return new Response("ACK/Jasmin");
      } catch {
        return new Response("Not found", { status: 404 });
      }
    });
    const config = testConfig({
      HOOK_URL: `http://127.0.0.1:${service.port}`,
      JASMIN_TELNET_PORT: String(gateway.jcliPort),
      JASMIN_HTTP_PORT: String(gateway.httpPort),
    });
    const signer = await hookSigner(SECRET_KEY);
    const hooks = createHooks({ sql: database.sql, signer, hookUrl: config.hookUrl });
    return new Installation(database, gateway, service, config);
  }

  /** Does what the role gateway does as it starts, and adds a connector. */
  async furnish(moUrl?: string): Promise<void> {
    const { sql } = this.database;
    await this.withConsole(async (console) => {
      const signer = await hookSigner(SECRET_KEY);
      const hooks = createHooks({ sql, signer, hookUrl: this.config.hookUrl });
      await setUpGateway({
        sql,
        box: secretBox(SECRET_KEY),
        console,
        httpUser: undefined,
        moUrl: moUrl ?? await hooks.moUrl(),
        log: logger("test"),
      });
      await console.connectors.add({ cid: "op_1" });
    });
  }

  async withConsole(
    work: (console: ReturnType<typeof jasminConsole>) => Promise<void>,
  ): Promise<void> {
    const session = await JcliSession.open({
      hostname: "127.0.0.1",
      port: this.gateway.jcliPort,
      username: "jcliadmin",
      password: "jclipwd",
    });
    try {
      await work(jasminConsole(() => session));
    } finally {
      await session.close();
    }
  }

  /** Makes a user of the gateway the one that the root account sends as. */
  async sendAs(username: string, password: string, secretKey = SECRET_KEY): Promise<void> {
    const { sql } = this.database;
    const box = secretBox(secretKey);
    const { id } = await saveGatewayUser(sql, box, { uid: username, username, password });
    await updateAccount(sql, ALL_ACCOUNTS, (await ensureRoot(sql)).id, { gatewayUserId: id });
  }

  examine(check: Check, change: Partial<Config> = {}, now?: () => number): Promise<CheckResult> {
    const config = { ...this.config, ...change };
    return examineOnce(check, config, { url: this.database.url }, now);
  }

  /** The same, with the gateway's part of the configuration changed. */
  examineWith(check: Check, jasmin: Partial<Config["jasmin"]>): Promise<CheckResult> {
    return this.examine(check, { jasmin: { ...this.config.jasmin, ...jasmin } });
  }

  /** Takes the lease of the role gateway for a minute, as another process would. */
  async holdGateway(): Promise<void> {
    await this.database.sql`
      insert into leases (name, holder, epoch, expires_at)
      values ('gateway:main', ${crypto.randomUUID()}, 1, now() + interval '1 minute')
      on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway.stop();
    await this.hooks.close();
    await this.database.close();
  }
}

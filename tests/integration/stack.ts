/**
 * The whole server in this process, on the services of `testStack()`, before a simulated Jasmin whose
 * ledger is the oracle: what it accepted is what was sent.
 * @module
 */
import { v7 } from "uuid";
import { type RunningServer, startServer } from "../../commands/server.ts";
import type { Services } from "../../routes/services.ts";
import {
  type Account,
  ALL_ACCOUNTS,
  createAccount,
  ensureRoot,
  type Role,
} from "../../services/accounts/mod.ts";
import { createAuth, createUser, passwordHasher } from "../../services/auth/mod.ts";
import { loadConfig } from "../../services/config/mod.ts";
import { findRunning, type Sql } from "../../services/db/mod.ts";
import { jasminConsole, JcliSession } from "../../services/gateway/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import {
  type JasminSimulator,
  type JasminSimulatorOptions,
  startJasminSimulator,
} from "../../simulator/jasmin/mod.ts";
import { ApiClient } from "../client.ts";
import { freePort, startRedis, testDatabase, testStack } from "../setup/mod.ts";
import { until } from "../until.ts";

export const PASSWORD = "a password of tests";

export const JCLI = { username: "jcliadmin", password: "jclipwd" } as const;

/** What the simulated gateway has: a connector for each way in which a message may end. */
export const ENDS = {
  /** Spain: delivered. */
  delivered: { cid: "op_main", country: "34" },
  undelivered: { cid: "op_undeliv", country: "33" },
  expired: { cid: "op_expired", country: "351" },
  rejected: { cid: "op_rejected", country: "44" },
} as const;

/** Times of the gateway that a test doesn't want to wait for. */
const TIMING = {
  callbackRetryMs: 300,
  callbackTimeoutMs: 5_000,
  dlrLookupMs: 200,
  lostInFlightMs: 500,
  notReadyMs: 300,
  restartMs: 300,
  retryScale: 0.02,
} as const;

export interface StackOptions {
  /** On top of what the stack itself needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly gateway?: JasminSimulatorOptions;
}

export interface Stack {
  readonly url: string;
  readonly gateway: JasminSimulator;
  readonly sql: Sql;
  readonly services: Services;
  readonly root: Account;
  /** Of the environment that the server got. */
  readonly env: Readonly<Record<string, string>>;
  /** What another process of the same installation is started with: a port of its own, and more. */
  another(env: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** A customer account below the root. */
  account(name: string): Promise<Account>;
  /** A new user of the account, signed in. */
  user(role: Role, account?: Account): Promise<ApiClient>;
  /** Adds a user without signing in; answers with the address. */
  addUser(role: Role, account?: Account): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Takes back what was begun, the last first. */
export class Undo {
  readonly #steps: (() => Promise<unknown> | void)[] = [];

  add(step: () => Promise<unknown> | void): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}

/** Where the server keeps its data: real services, or its own under a temporary folder. */
export async function places(undo: Undo): Promise<Record<string, string>> {
  if (testStack() === "embedded") {
    const folder = await Deno.makeTempDir({ prefix: "jd-integration-" });
    // As root, PostgreSQL runs under another user, which must be able to enter.
    await Deno.chmod(folder, 0o755);
    undo.add(() => Deno.remove(folder, { recursive: true }));
    return { DATA_DIR: folder };
  }
  const database = await testDatabase();
  undo.add(() => database.drop());
  return { DATABASE_URL: database.url, REDIS_URL: await redisOfItsOwn() };
}

let redis: Promise<string> | undefined;
let databases = 0;

/** One Redis, a database of it for each stack: what one file left must not be told to another. */
async function redisOfItsOwn(): Promise<string> {
  redis ??= Promise.resolve(
    Deno.env.get("TEST_REDIS_URL") ?? startRedis().then(({ url }) => url),
  );
  databases += 1;
  const url = `${await redis}/${databases % 16}`;
  await redisCommand(url, ["FLUSHDB"]);
  return url;
}

/** Sends one command to a Redis; the answer isn't looked at. */
export async function redisCommand(url: string, command: readonly string[]): Promise<void> {
  const { createClient } = await import("redis");
  const client = createClient({ url });
  await client.connect();
  try {
    await client.sendCommand([...command]);
  } finally {
    client.destroy();
  }
}

/** Starts a gateway with connectors, filters and routes, and no default route. */
export async function startGateway(options: JasminSimulatorOptions = {}): Promise<JasminSimulator> {
  const receipts = { delayMs: 30 };
  const gateway = await startJasminSimulator({
    ...JCLI,
    ...options,
    timing: { ...TIMING, ...options.timing },
    behaviour: { latencyMs: 2, receipts, ...options.behaviour },
    connectors: {
      op_undeliv: { receipts: { ...receipts, undelivered: 1 } },
      op_expired: { receipts: { ...receipts, expired: 1 } },
      op_rejected: { receipts: { ...receipts, rejected: 1 } },
      ...options.connectors,
    },
  });
  try {
    await furnish(gateway);
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  return gateway;
}

/** Works on a gateway by jcli, as somebody outside of the service does. */
export async function outside<Result>(
  gateway: JasminSimulator,
  work: (console: ReturnType<typeof jasminConsole>) => Promise<Result>,
): Promise<Result> {
  const session = await JcliSession.open({
    hostname: "127.0.0.1",
    port: gateway.jcliPort,
    ...JCLI,
  });
  try {
    return await work(jasminConsole(() => session));
  } finally {
    await session.close();
  }
}

async function furnish(gateway: JasminSimulator): Promise<void> {
  await outside(gateway, async (console) => {
    for (const [index, { cid, country }] of Object.values(ENDS).entries()) {
      await console.connectors.add({
        cid,
        username: "smsc",
        password: "smsc",
        submit_throughput: 0,
        con_fail_delay: 1,
        con_loss_delay: 1,
      });
      await console.connectors.start(cid);
      const fid = `to_${country}`;
      await console.filters.add({
        fid,
        type: "DestinationAddrFilter",
        destination_addr: `^${country}`,
      });
      await console.mtRoutes.add({
        type: "StaticMTRoute",
        order: 10 + index,
        filters: [fid],
        connector: cid,
        rate: 0,
      });
    }
    await console.persist();
  });
}

/** Everything, ready to send: the gateway user is made, the connectors are seen. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  setLogLevel("silent");
  const undo = new Undo();
  try {
    const where = await places(undo);
    const gateway = await startGateway(options.gateway);
    undo.add(() => gateway.stop());
    const port = freePort();
    const env: Record<string, string> = {
      ...where,
      SECRET_KEY: "integration ".repeat(4),
      HOST: "127.0.0.1",
      PORT: String(port),
      JASMIN_TELNET_PORT: String(gateway.jcliPort),
      JASMIN_HTTP_PORT: String(gateway.httpPort),
      JASMIN_USERNAME: JCLI.username,
      JASMIN_PASSWORD: JCLI.password,
      // Tests come from many places, each named by itself.
      TRUST_PROXY: "1",
      ...options.env,
    };
    const server = await startServer(loadConfig(env));
    undo.add(() => server.stop());
    return await stackOf(server, gateway, env, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function stackOf(
  server: RunningServer,
  gateway: JasminSimulator,
  env: Readonly<Record<string, string>>,
  undo: Undo,
): Promise<Stack> {
  const { url, services, sql } = server;
  if (url === null || services === null) throw new Error("The stack has a web part");
  await server.ready;
  await readyToSend(sql);
  const root = await ensureRoot(sql);
  const clients: ApiClient[] = [];
  undo.add(async () => {
    for (const client of clients) await client.close();
  });
  // The server's own sign-in at bcrypt's least cost: its tokens are as good, and a second is saved.
  const hasher = passwordHasher({ cost: 4 });
  undo.add(() => hasher.close());
  const quick = createAuth({ sql, secretKey: env["SECRET_KEY"] ?? "", hasher });
  const addUser = async (role: Role, account = root): Promise<string> => {
    const email = `${role}.${v7()}@example.test`;
    await createUser(sql, hasher, {
      accountId: account.id,
      email,
      name: role,
      password: PASSWORD,
      role,
    });
    return email;
  };
  return {
    url,
    gateway,
    sql,
    services,
    root,
    env,
    async another(more) {
      const { DATABASE_URL, DATA_DIR = "" } = env;
      const url = DATABASE_URL ?? (await findRunning(DATA_DIR))?.url ?? "";
      return { ...env, DATABASE_URL: url, PORT: String(freePort()), ...more };
    },
    account: (name) =>
      createAccount(sql, ALL_ACCOUNTS, { parentId: root.id, kind: "customer", name }),
    addUser,
    async user(role, account) {
      const email = await addUser(role, account);
      const origin = { ip: "192.0.2.200", userAgent: "test" };
      const tokens = await quick.login({ email, password: PASSWORD, ...origin });
      const client = new ApiClient(url, {
        access_token: tokens.accessToken,
        refresh_token: tokens.refreshToken,
      });
      clients.push(client);
      return client;
    },
    [Symbol.asyncDispose]: () => undo.run(),
  };
}

/** Waits until the gateway role has set the gateway up and seen its connectors. */
export async function readyToSend(sql: Sql, seconds = 20): Promise<void> {
  await until("the gateway to be set up", seconds, async () => {
    const [row] = await sql<{ ready: boolean }[]>`
      select exists (select from gateway_users)
        and exists (select from connectors where state = 'bound')
        and (select count(*) = 2 from service_states
          where name in ('jcli', 'gateway-http') and state = 'up') as ready`;
    return row?.ready === true;
  });
}

let numbers = 0;

/** A number that no other test uses, of a country whose messages end so. */
export function numberFor(end: keyof typeof ENDS = "delivered"): string {
  numbers += 1;
  const rest = String(numbers).padStart(6, "0");
  switch (end) {
    case "delivered":
      return `+34600${rest}`;
    case "undelivered":
      return `+33612${rest}`;
    case "expired":
      return `+351912${rest}`;
    case "rejected":
      return `+447911${rest}`;
  }
}

/** What the gateway accepted for a number. */
export function acceptedFor(gateway: JasminSimulator, to: string): number {
  return gateway.ledger.accepted.filter((each) => each.to.replace("+", "") === to.slice(1)).length;
}

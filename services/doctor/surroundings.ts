/**
 * What checks look at, each asked once however many checks need it.
 * @module
 */
import type { Config } from "../config/mod.ts";
import { acquireLease, connect, type Lease, ping, type Sql } from "../db/mod.ts";
import {
  createJasminTraffic,
  type GatewayConsole,
  jasminConsole,
  type JasminTraffic,
  JcliSession,
} from "../gateway/mod.ts";
import { createHooks, type Hooks, hookSigner } from "../messages/mod.ts";
import { type CallbackEvidence, readCallbackEvidence } from "./callback_evidence.ts";
import { askRedis, type RedisFacts } from "./redis_facts.ts";
import { findRunningParts, type RunningParts } from "./running.ts";

/** Where the database is, or why there is none to ask. */
export type DatabasePlace =
  | { readonly url: string }
  | { readonly missing: string; readonly mend: string };

/** What is examined. */
export interface SurroundingsOptions {
  readonly config: Config;
  readonly database: DatabasePlace;
  /** The time of this machine, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** The database as checks find it. */
export type DatabaseState =
  | { readonly kind: "ready"; readonly sql: Sql }
  /** It answers and has none of our tables. */
  | { readonly kind: "empty"; readonly sql: Sql }
  | { readonly kind: "away"; readonly error: unknown }
  | { readonly kind: "missing"; readonly why: string; readonly mend: string };

/** The gateway's console as checks find it. */
export type ConsoleState =
  | { readonly kind: "own"; readonly session: JcliSession; readonly console: GatewayConsole }
  /** Another process is the one that may use it. */
  | { readonly kind: "held" }
  | { readonly kind: "failed"; readonly error: unknown }
  /** Without the database nobody knows whether another process uses it. */
  | { readonly kind: "unknown" };

/** Begins the names of holders that are a `doctor`, not a service. */
export const DOCTOR_HOLDER = "doctor ";

const PING_MS = 6_000;
const LEASE_MS = 20_000;
const LOGIN_MS = 6_000;
const HTTP_MS = 6_000;

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => answer ??= ask();
}

/** The installation around a `doctor`; end it with `close`. */
export class Surroundings implements AsyncDisposable {
  readonly config: Config;
  readonly now: () => number;
  /** Texts that no finding may show. */
  readonly secrets: Set<string>;
  readonly database: () => Promise<DatabaseState>;
  readonly console: () => Promise<ConsoleState>;
  /** Only with a REDIS_URL; rejects when Redis can't be asked. */
  readonly redis: () => Promise<RedisFacts>;
  readonly traffic: JasminTraffic;
  readonly hooks: (sql: Sql) => Promise<Hooks>;
  readonly callbacks: (sql: Sql) => Promise<CallbackEvidence>;
  readonly running: () => Promise<RunningParts>;
  readonly #closers: (() => Promise<unknown> | void)[] = [];

  constructor({ config, database, now = Date.now }: SurroundingsOptions) {
    this.config = config;
    this.now = now;
    this.secrets = new Set(secretsOf(config, database));
    this.database = once(() => this.#findDatabase(database));
    this.console = once(() => this.#openConsole());
    this.redis = once(() => askRedis(config.redisUrl ?? ""));
    this.traffic = createJasminTraffic({
      host: config.jasmin.host,
      httpPort: config.jasmin.httpPort,
      concurrency: 4,
      deadlineMs: HTTP_MS,
    });
    this.#closers.push(() => this.traffic.close());
    this.hooks = async (sql) =>
      createHooks({ sql, signer: await hookSigner(config.secretKey), hookUrl: config.hookUrl });
    let evidence: Promise<CallbackEvidence> | undefined;
    this.callbacks = (sql) => evidence ??= readCallbackEvidence(sql);
    this.running = once(async () => {
      const state = await this.database();
      return await findRunningParts(config, state.kind === "ready" ? state.sql : undefined);
    });
  }

  /** Ends the session, gives the lease back and closes every connection. */
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) {
      // Whatever fails to close ends with the process.
      await Promise.resolve(close()).catch(() => {});
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #findDatabase(place: DatabasePlace): Promise<DatabaseState> {
    if ("missing" in place) return { kind: "missing", why: place.missing, mend: place.mend };
    const sql = connect(place.url, {
      applicationName: "jasmin-dashboard doctor",
      max: 4,
      connectTimeoutSeconds: 5,
      statementTimeoutMs: 8_000,
    });
    this.#closers.push(() => sql.end({ timeout: 1 }));
    try {
      await ping(sql, PING_MS);
      const [row] = await sql<{ found: boolean }[]>`
        select to_regclass('leases') is not null and to_regclass('messages') is not null as found`;
      return { kind: row?.found === true ? "ready" : "empty", sql };
    } catch (error) {
      return { kind: "away", error };
    }
  }

  /** One writer in the whole installation: only who holds the lease may open a session. */
  async #openConsole(): Promise<ConsoleState> {
    const database = await this.database();
    if (database.kind === "away" || database.kind === "missing") return { kind: "unknown" };
    let lease: Lease | null | undefined;
    if (database.kind === "ready") {
      const holder = `${DOCTOR_HOLDER}${crypto.randomUUID()}`;
      lease = await acquireLease(database.sql, "gateway:main", holder, LEASE_MS);
      if (lease === null) return { kind: "held" };
      const held = lease;
      this.#closers.push(() => held.release());
    }
    const { host, telnetPort, username, password } = this.config.jasmin;
    try {
      const session = await JcliSession.open({
        hostname: host,
        port: telnetPort,
        username,
        password,
        guard: () => lease?.valid() ?? true,
        loginDeadlineMs: LOGIN_MS,
      });
      this.#closers.push(() => session.close());
      return { kind: "own", session, console: jasminConsole(() => session) };
    } catch (error) {
      return { kind: "failed", error };
    }
  }
}

function secretsOf(config: Config, database: DatabasePlace): string[] {
  const urls = ["url" in database ? database.url : undefined, config.databaseUrl, config.redisUrl];
  return [
    config.secretKey,
    config.jasmin.password,
    config.jasmin.httpUser?.password,
    config.smtp?.password,
    ...urls.flatMap((url) => {
      const password = url === undefined ? undefined : URL.parse(url)?.password;
      return password === undefined ? [] : [password, decoded(password)];
    }),
  ].filter((text) => text !== undefined);
}

/** A password of a URL as its server gets it; as it stands when its escapes are malformed. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/**
 * PostgreSQL (12 or later).
 * @see https://www.postgresql.org/docs/12/runtime-config-client.html for the time-outs set here
 * @module
 */
import { UnavailableError, ValidationError } from "../errors/mod.ts";
import { Listener, type Listening } from "./listener.ts";
import { Pool } from "./pool.ts";
import { type Template, template } from "./statement.ts";
import { parserOf } from "./values.ts";

/** A pool. `int8` comes and goes as `bigint`, `timestamptz` as `Date`, `numeric` as text. */
export interface Sql extends Template {
  /**
   * Runs `callback` in one transaction: committed when it returns, rolled back when it throws or a
   * statement of it has failed.
   * @param options as they stand behind BEGIN, such as `isolation level repeatable read`
   */
  begin<T>(callback: (tx: Tx) => Promise<T> | T): Promise<T>;
  begin<T>(options: string, callback: (tx: Tx) => Promise<T> | T): Promise<T>;
  /**
   * Listens on a connection of its own, which is made again when it is lost.
   * @param onListen called whenever listening has begun: what was told before is lost
   */
  listen(
    channel: string,
    onNotice: (payload: string) => void,
    onListen?: () => void,
  ): Promise<Listening>;
  notify(channel: string, payload: string): Promise<void>;
  /**
   * Closes all connections, when what is under way has ended.
   * @param options.timeout seconds after which that is cut off
   */
  end(options?: { readonly timeout?: number }): Promise<void>;
}

/** One open transaction of a pool: what `sql.begin` hands to its callback. */
export type Tx = Template;

/** How a pool behaves. */
export interface ConnectOptions {
  /**
   * Most connections open at once, 1 or more.
   * @default 10
   */
  readonly max?: number;
  /**
   * What `pg_stat_activity` shows.
   * @default "jasmin-dashboard"
   */
  readonly applicationName?: string;
  /**
   * Time to wait for a connection, made or free, in seconds.
   * @default 10
   */
  readonly connectTimeoutSeconds?: number;
  /**
   * Time after which an unused connection is closed, in seconds; 0 keeps it.
   * @default 0
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Time one statement may run before the server cancels it, in milliseconds; 0 is no limit.
   * @default 60000
   */
  readonly statementTimeoutMs?: number;
  /**
   * Time a transaction may sit without a statement before the server ends it, in milliseconds: a
   * holder that hangs must not hold its row locks for ever. 0 is no limit.
   * @default 60000
   */
  readonly idleInTransactionTimeoutMs?: number;
  /** Called with each notice of the server; without it, notices are dropped. */
  readonly onNotice?: (message: string) => void;
}

/**
 * Makes a pool; no connection is opened before the first query. End it with `sql.end()`.
 *
 * @param url `postgres://`, `postgresql://`, or as SQLAlchemy writes it, `postgresql+asyncpg://`;
 * parameters of its query (`sslmode`, `statement_timeout`...) win over `options`.
 * @throws {ValidationError} when `url` isn't the URL of a PostgreSQL database
 */
export function connect(url: string, options: ConnectOptions = {}): Sql {
  const config = {
    connectionString: databaseUrl(url),
    application_name: options.applicationName ?? "jasmin-dashboard",
    connectionTimeoutMillis: (options.connectTimeoutSeconds ?? 10) * 1000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  };
  const pool = new Pool({
    ...config,
    max: options.max ?? 10,
    idleTimeoutMillis: (options.idleTimeoutSeconds ?? 0) * 1000,
  }, options.onNotice ?? (() => {}));
  const listener = new Listener(config);
  const sql = template(pool.execute);
  return Object.assign(sql, {
    begin: <T>(
      ...args: [(tx: Tx) => Promise<T> | T] | [string, (tx: Tx) => Promise<T> | T]
    ): Promise<T> => args.length === 2 ? pool.begin(...args) : pool.begin("", args[0]),
    listen: listener.listen.bind(listener),
    notify: async (channel: string, payload: string): Promise<void> => {
      await sql`select pg_notify(${channel}, ${payload})`;
    },
    end: async ({ timeout }: { readonly timeout?: number } = {}): Promise<void> => {
      await Promise.all([listener.close(), pool.end(timeout)]);
    },
  });
}

/** The URL in the form that the driver takes. */
function databaseUrl(url: string): string {
  const [, scheme, rest] = /^([a-z0-9+]+):\/\/(.*)$/is.exec(url.trim()) ?? [];
  if (scheme === undefined || rest === undefined) {
    throw new ValidationError(
      "DATABASE_URL",
      "Not a URL; write postgres://user:password@host:5432/database",
    );
  }
  if (!/^postgres(ql)?(\+asyncpg)?$/i.test(scheme)) {
    throw new ValidationError(
      "DATABASE_URL",
      `The scheme ${scheme}:// isn't PostgreSQL's; write postgres://user:password@host:5432/database`,
    );
  }
  // `sslmode` as libpq reads it: only `verify-ca` and `verify-full` ask who the server is.
  const isLibpq = !/[?&]sslmode=/.test(rest) || /[?&]uselibpqcompat=/.test(rest);
  return `postgres://${rest}${isLibpq ? "" : "&uselibpqcompat=true"}`;
}

/** Whether the pool's database answers within `timeoutMs`; never throws. */
export async function healthy(sql: Sql, timeoutMs = 2_000): Promise<boolean> {
  try {
    await ping(sql, timeoutMs);
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks the database for one row.
 * @returns the time that it took, in milliseconds
 * @throws {UnavailableError} when there was no answer within `timeoutMs`
 */
export async function ping(sql: Sql, timeoutMs = 2_000): Promise<number> {
  const started = performance.now();
  const query = sql`select 1`.then();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new UnavailableError(`PostgreSQL gave no answer within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    await Promise.race([query, late]);
    return performance.now() - started;
  } catch (error) {
    if (error instanceof UnavailableError) {
      // Its late failure has nobody else to hear it.
      query.catch(() => {});
      throw error;
    }
    throw new UnavailableError(`PostgreSQL doesn't answer: ${messageOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

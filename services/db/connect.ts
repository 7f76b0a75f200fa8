/**
 * Connections to PostgreSQL (12 or later) through postgres.js.
 * @see https://www.postgresql.org/docs/12/runtime-config-client.html for the time-outs set here
 * @module
 */
import postgres from "postgres";
import { UnavailableError, ValidationError } from "../errors/mod.ts";
import { knowArrayTypes } from "./arrays.ts";

/**
 * A pool. `int8` comes and goes as `bigint`, `timestamptz` as `Date`. An array of bigints, Dates,
 * booleans or bytes goes in as `sql.array(values)`; a bare one is taken for its first element.
 */
export type Sql = postgres.Sql<{ bigint: bigint }>;

/** One open transaction of a pool: what `sql.begin` hands to its callback. */
export type Tx = postgres.TransactionSql<{ bigint: bigint }>;

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
   * Time a connection may take to be made, in seconds.
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
  readonly onnotice?: (notice: postgres.Notice) => void;
}

/**
 * Makes a pool; no connection is opened before the first query. End it with `sql.end()`.
 *
 * @param url `postgres://`, `postgresql://`, or as SQLAlchemy writes it, `postgresql+asyncpg://`;
 * parameters of its query (`sslmode`, `statement_timeout`...) win over `options`.
 * @throws {ValidationError} when `url` isn't the URL of a PostgreSQL database
 */
export function connect(url: string, options: ConnectOptions = {}): Sql {
  const sql = postgres(databaseUrl(url), {
    types: { bigint: postgres.BigInt },
    max: options.max ?? 10,
    connect_timeout: options.connectTimeoutSeconds ?? 10,
    idle_timeout: options.idleTimeoutSeconds ?? 0,
    onnotice: options.onnotice ?? (() => {}),
    connection: {
      application_name: options.applicationName ?? "jasmin-dashboard",
      statement_timeout: options.statementTimeoutMs ?? 60_000,
      idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
    },
  });
  knowArrayTypes(sql);
  return sql;
}

/** The URL in the form that postgres.js takes. */
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
  return `postgres://${rest}`;
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
  const query = sql`select 1`.execute();
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

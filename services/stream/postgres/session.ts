/**
 * What the parts of the PostgreSQL driver share: the pool, the wake-ups, the rule of repeating.
 * @module
 */
import { isConnectionError, type Sql } from "../../db/mod.ts";
import { closedError, retry } from "../retry.ts";
import { Wakeups } from "./wakeups.ts";

/** How the driver is set up. */
export interface PostgresStreamOptions {
  /** The pool to use; it stays the caller's to end, after the stream is closed. */
  readonly sql: Sql;
  readonly retryBudgetMs: number;
}

// Besides the connection's failures: serialisation, deadlock, lock not available, and a server that
// became a read-only standby.
const TRANSIENT_STATES = new Set(["40001", "40P01", "55P03", "25006"]);

/** A pool, until it is closed for the stream. */
export class Session {
  readonly sql: Sql;
  readonly wakeups: Wakeups;
  readonly #budgetMs: number;
  #closed = false;

  constructor({ sql, retryBudgetMs }: PostgresStreamOptions) {
    this.sql = sql;
    this.wakeups = new Wakeups(sql);
    this.#budgetMs = retryBudgetMs;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Repeats what a cut connection lost; after `close` it rejects. */
  retry<T>(what: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.finish(
      what,
      () => this.#closed ? Promise.reject(closedError()) : operation(),
      signal,
    );
  }

  /** The same, also for what was begun before `close`. */
  finish<T>(what: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const options = { what, isTransient, budgetMs: this.#budgetMs };
    return retry(operation, signal ? { ...options, signal } : options);
  }

  /** Ends every wait; the pool stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.wakeups.close();
  }
}

function isTransient(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  // The pool's owner ended it: it won't come back.
  if (code === "CONNECTION_ENDED") return false;
  return isConnectionError(error) || (typeof code === "string" && TRANSIENT_STATES.has(code));
}

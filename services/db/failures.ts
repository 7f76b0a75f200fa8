/**
 * What a failed statement means, by SQLSTATE.
 * @see https://www.postgresql.org/docs/12/errcodes-appendix.html
 * @module
 */
// @ts-types="./pg.d.ts"
import pg from "pg";
import type { DatabaseError } from "./pg.d.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * SQLSTATEs with which the server ends or refuses a connection: shutdown (57P01, 57P02), starting
 * up (57P03), too many connections (53300), idle in transaction too long (25P03).
 */
const ENDED_STATES = new Set(["25P03", "53300", "57P01", "57P02", "57P03"]);

/** The connection failed: no answer came, or there is none to ask on. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  /** As the system names it (`ECONNREFUSED`), or `CONNECT_TIMEOUT`, `CONNECTION_CLOSED`. */
  readonly code: string;

  constructor(cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(message || "The connection failed", { cause });
    this.code = cause instanceof Error && "code" in cause && typeof cause.code === "string"
      ? cause.code
      : /timeout/i.test(message)
      ? "CONNECT_TIMEOUT"
      : "CONNECTION_CLOSED";
  }
}

/** What PostgreSQL itself answered to a statement; `code` is its SQLSTATE. */
export type ServerError = DatabaseError & { readonly code: string };

/** Whether PostgreSQL itself refused. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof pg.DatabaseError;
}

/** Whether a row with the same key stands already; with `constraint`, whether that one refused. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return isServerError(error) && error.code === UNIQUE_VIOLATION &&
    (constraint === undefined || error.constraint === constraint);
}

/**
 * Whether the connection failed, not the statement: the same work may succeed on a new connection.
 * A statement that was under way when its connection broke may or may not have been committed.
 */
export function isConnectionError(error: unknown): boolean {
  if (isServerError(error)) {
    return error.code.startsWith("08") || ENDED_STATES.has(error.code);
  }
  return error instanceof ConnectionError;
}

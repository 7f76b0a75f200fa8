/**
 * What a failed query means, by SQLSTATE or by postgres.js' own codes.
 * @see https://www.postgresql.org/docs/12/errcodes-appendix.html
 * @module
 */
import postgres from "postgres";

const UNIQUE_VIOLATION = "23505";

/** Codes of postgres.js and of the socket below it for "there is no connection". */
const CONNECTION_CODES = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * SQLSTATEs with which the server ends or refuses a connection: shutdown (57P01, 57P02), starting
 * up (57P03), too many connections (53300), idle in transaction too long (25P03).
 */
const ENDED_STATES = new Set(["25P03", "53300", "57P01", "57P02", "57P03"]);

/** Whether a row with the same key stands already; with `constraint`, whether that one refused. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return error instanceof postgres.PostgresError && error.code === UNIQUE_VIOLATION &&
    (constraint === undefined || error.constraint_name === constraint);
}

/**
 * Whether the connection failed, not the statement: the same work may succeed on a new connection.
 * A statement that was under way when its connection broke may or may not have been committed.
 */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) {
    return error.code.startsWith("08") || ENDED_STATES.has(error.code);
  }
  if (!(error instanceof Error) || !("code" in error)) return false;
  return typeof error.code === "string" && CONNECTION_CODES.has(error.code);
}

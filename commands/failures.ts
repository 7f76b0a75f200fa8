/**
 * Failures that an operator can mend, in one sentence; everything else keeps its stack.
 * @module
 */
import { isConnectionError, isServerError } from "../services/db/mod.ts";
import { AppError } from "../services/errors/mod.ts";

/** SQLSTATE classes of a refused login (28), a database that isn't there (3D), a missing right. */
const REFUSALS = /^(?:28|3D|42501)/;

/** The sentence for an error that ended a command; undefined for one that nobody expected. */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof AppError) return error.message;
  if (error instanceof Deno.errors.AddrInUse) {
    return "PORT is taken by another program: stop that one, or set another PORT";
  }
  if (isServerError(error) && REFUSALS.test(error.code)) {
    return `PostgreSQL refuses: ${error.message}; check DATABASE_URL`;
  }
  if (isConnectionError(error) && error instanceof Error) {
    return `PostgreSQL can't be reached: ${error.message}; check DATABASE_URL`;
  }
  return undefined;
}

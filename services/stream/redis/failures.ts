/**
 * Which failures of Redis pass by themselves.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 * @module
 */
import { ErrorReply } from "redis";
import { AppError } from "../../errors/mod.ts";

// The command was not executed: loading its file, running a script, failing over, out of memory, or
// refusing writes for want of a replica or a disk. Redis 6 puts an error that a script met behind
// "ERR Error running script ...: ", hence no anchor at the start.
const REJECTED =
  /(?:^|[\s-])(?:LOADING|BUSY|TRYAGAIN|MASTERDOWN|CLUSTERDOWN|READONLY|NOREPLICAS|OOM|MISCONF|UNBLOCKED)\s/;

const UNUSABLE = /^(?:NOAUTH|WRONGPASS|NOPERM)\s/;

/** A server that gives no answer in time; the connection is made anew. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/**
 * Whether to repeat: every failure of the connection, and a reply that says "not now". Any other
 * reply is a fault of the request and would come again.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof ErrorReply) return REJECTED.test(error.message);
  // What remains comes from the socket; the client gives its errors neither a code nor one base class.
  return error instanceof Error && !(error instanceof AppError) && !(error instanceof TypeError);
}

/** Whether the server doesn't let this user in, or not to this command. */
export function isUnusable(error: unknown): boolean {
  return error instanceof ErrorReply && UNUSABLE.test(error.message);
}

/** Whether the reply begins with this word (`NOSCRIPT`, `NOGROUP`). */
export function isReply(error: unknown, word: string): boolean {
  return error instanceof ErrorReply && error.message.startsWith(word);
}

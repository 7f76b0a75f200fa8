/**
 * Slows guessing down at what is asked of a known user: the code of the second factor, and the
 * password of who is signed in already. Only who has the password, or a session, can drive these
 * counters, so they may block for longer than those of sign-in.
 * @module
 */
import { createHash } from "node:crypto";
import type { Sql, Tx } from "../db/mod.ts";
import { count, type ThrottleRule } from "./login_throttle.ts";

/**
 * At worst 96 guesses a day: of a million codes with three that are right, 0.03 %.
 * @see https://www.rfc-editor.org/rfc/rfc4226#section-7.3
 */
const RULE: ThrottleRule = { free: 5, baseSeconds: 2, capSeconds: 900 };

/** What is guessed. */
export type Guessed = "code" | "own-password";

/** One guess that was let through. */
export interface Guess {
  /** It was right: clears the counter. */
  right(tx: Tx): Promise<void>;
}

/**
 * Counts a guess, before it is looked at.
 * @throws {RateLimitedError} while the user's counter blocks
 */
export async function countGuess(
  sql: Sql,
  what: Guessed,
  userId: string,
  now: Date,
): Promise<Guess> {
  const key = createHash("sha256").update(`${what} ${userId}`).digest();
  await sql.begin((tx) => count(tx, RULE, key, now));
  return {
    async right(tx) {
      await tx`delete from login_throttle where key = ${key}`;
    },
  };
}

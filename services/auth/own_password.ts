/**
 * The present password, asked of who is signed in before something that only its owner may do.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { NotFoundError, ValidationError } from "../errors/mod.ts";
import { countGuess, type Guess } from "./guess_throttle.ts";
import type { PasswordHasher } from "./hasher.ts";
import { fitsBcrypt } from "./password.ts";

/**
 * Checks a user's own password.
 * @param field of the input, for the fault
 * @returns the guess, to be cleared in the transaction that it was asked for
 * @throws {ValidationError} on `field`, when it is wrong
 * @throws {RateLimitedError} too many were wrong
 */
export async function checkOwnPassword(
  { hasher, sql }: { readonly sql: Sql; readonly hasher: PasswordHasher },
  asked: { readonly userId: string; readonly password: string; readonly field: string },
  now: Date,
): Promise<Guess> {
  const { field, password, userId } = asked;
  const guess = await countGuess(sql, "own-password", userId, now);
  const [user] = await sql<{ hash: string }[]>`
    select password_hash as hash from users where id = ${userId}
  `;
  if (user === undefined) throw new NotFoundError("There is no such user");
  if (!fitsBcrypt(password) || !await hasher.verify(password, user.hash)) {
    throw new ValidationError(field, "Is not your present password; check it");
  }
  return guess;
}

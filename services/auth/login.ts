/**
 * What somebody shows to sign in: address, password, and the second factor of users who have one.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import { type CodeCheck, CodeRequiredError, type ShownFactor } from "./code_check.ts";
import { type Credentials, findCredentials, recordLogin } from "./credentials.ts";
import { countGuess, type Guess } from "./guess_throttle.ts";
import type { PasswordHasher } from "./hasher.ts";
import { type AfterWrong, type Attempt, countAttempt } from "./login_throttle.ts";
import { fitsBcrypt } from "./password.ts";

/** Where a request comes from. */
export interface Origin {
  /** Address of the client, behind trusted proxies; `null` when it isn't known. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What signing in takes. */
export interface LoginInput extends Origin {
  readonly email: string;
  readonly password: string;
  /** Of the second factor, from the app or of recovery; for users who have one. */
  readonly code?: string;
}

/** The password was right, and its user is disabled or the account closed. */
export class UserDisabledError extends UnauthenticatedError {}

/** The address or the password is wrong; it isn't told which. */
export class WrongPasswordError extends UnauthenticatedError {
  readonly next: AfterWrong;

  constructor(next: AfterWrong) {
    super(WRONG);
    this.next = next;
  }
}

const WRONG = "The address or the password is wrong; check both";

interface LoginParts {
  readonly sql: Sql;
  readonly hasher: PasswordHasher;
  readonly codes: CodeCheck;
}

/** A sign-in whose password was right. */
export interface CheckedLogin {
  readonly user: Credentials;
  /**
   * Takes the code, and notes the sign-in.
   * @returns the second factor that was shown; null for users without one
   * @throws {CodeRequiredError} when the code is wrong
   * @throws {UnauthenticatedError} when password or user have changed meanwhile
   */
  commit(tx: Tx): Promise<ShownFactor | null>;
}

/** Checks everything that takes long or is counted, outside of any transaction. */
export async function checkLogin(
  { codes, hasher, sql }: LoginParts,
  { code, email: typed, ip, password }: LoginInput,
  now: Date,
): Promise<CheckedLogin> {
  const email = typed.trim().toLowerCase();
  const attempt = await countAttempt(sql, email, ip, now);
  const user = couldBeEmail(email) ? await findCredentials(sql, email) : undefined;
  // An unknown address costs the same work as a known one, or the time would tell them apart.
  // So does a password that bcrypt would cut off.
  const usable = user !== undefined && fitsBcrypt(password);
  const hash = usable ? user.passwordHash : hasher.decoy;
  const right = await hasher.verify(usable ? password : "decoy", hash);
  if (!usable || !right) throw new WrongPasswordError(attempt.ifWrong);
  if (user.status !== "active" || user.accountClosed) {
    throw new UserDisabledError("This user may not sign in; ask your administrator");
  }
  const guess = user.secondFactor ? await countCode(sql, attempt, user, code, now) : undefined;
  const rehashed = hasher.needsRehash(hash) ? await hasher.hash(password) : undefined;
  return {
    user,
    async commit(tx) {
      await attempt.succeeded(tx);
      // The password may have been changed while it was being checked.
      if (!await recordLogin(tx, user, rehashed, now)) throw new UnauthenticatedError(WRONG);
      if (guess === undefined) return null;
      const factor = await codes.take(tx, user.id, code ?? "", now);
      if (factor === undefined) {
        throw new CodeRequiredError(
          "The code is wrong or was used already; wait for the next one, or use a recovery code",
        );
      }
      await guess.right(tx);
      return factor;
    },
  };
}

async function countCode(
  sql: Sql,
  attempt: Attempt,
  user: Credentials,
  code: string | undefined,
  now: Date,
): Promise<Guess> {
  if (code === undefined) {
    await sql.begin((tx) => attempt.takenBack(tx));
    throw new CodeRequiredError(
      "Give the code that your authenticator app shows, or a recovery code",
    );
  }
  return await countGuess(sql, "code", user.id, now);
}

/** Whether the text may be asked for: PostgreSQL has no NUL, and nobody's address is longer. */
function couldBeEmail(text: string): boolean {
  return text.length <= 254 && !text.includes("\0");
}

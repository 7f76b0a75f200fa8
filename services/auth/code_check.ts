/**
 * The second factor's secrets and codes, as sign-in and the user's own settings use them.
 * @module
 */
import { deriveKey, secretBox } from "../accounts/mod.ts";
import type { Tx } from "../db/mod.ts";
import { AppError } from "../errors/mod.ts";
import { useRecoveryCode } from "./recovery_codes.ts";
import { stepOfCode } from "./totp.ts";

/** The password was right, and a code of the second factor is missing or wrong. */
export class CodeRequiredError extends AppError {
  readonly kind = "totp-required";
}

/** By what a user showed the second factor. */
export type ShownFactor = "totp" | "recovery-code";

/** Everything that needs a key derived from SECRET_KEY. */
export interface CodeCheck {
  seal(secret: string, userId: string): Promise<Uint8Array>;
  open(sealed: Uint8Array, userId: string): Promise<string>;
  recoveryKey(): Promise<Uint8Array>;
  /**
   * Takes a code, from the app or of recovery, which from then on is used up.
   * @returns undefined when it is wrong or was used before
   */
  take(tx: Tx, userId: string, code: string, now: Date): Promise<ShownFactor | undefined>;
}

export function codeCheck(secretKey: string): CodeCheck {
  const box = secretBox(secretKey, "auth/totp/1");
  let key: Promise<Uint8Array> | undefined;
  const recoveryKey = (): Promise<Uint8Array> =>
    key ??= deriveKey(secretKey, "auth/recovery-code/1");
  const open: CodeCheck["open"] = (sealed, userId) => box.open(sealed, contextOf(userId));

  /** The row stays locked until the transaction ends, so of many uses of one code one counts. */
  async function takeTotp(tx: Tx, userId: string, code: string, now: Date): Promise<boolean> {
    const [user] = await tx<{ sealed: Uint8Array | null; lastStep: bigint | null }[]>`
      select totp_secret as sealed, totp_last_step as "lastStep"
      from users where id = ${userId} for no key update
    `;
    if (user === undefined || user.sealed === null) return false;
    const step = stepOfCode(await open(user.sealed, userId), code, now);
    if (step === undefined || step <= (user.lastStep ?? -1n)) return false;
    await tx`update users set totp_last_step = ${step} where id = ${userId}`;
    return true;
  }

  return {
    open,
    recoveryKey,
    seal: (secret, userId) => box.seal(secret, contextOf(userId)),
    async take(tx, userId, code, now) {
      const digits = code.replace(/\s/g, "");
      if (/^\d{6}$/.test(digits)) {
        return await takeTotp(tx, userId, digits, now) ? "totp" : undefined;
      }
      const taken = await useRecoveryCode(tx, await recoveryKey(), userId, code, now);
      return taken ? "recovery-code" : undefined;
    },
  };
}

function contextOf(userId: string): string {
  return `users:${userId}:totp`;
}

/**
 * Recovery codes: each signs in once in place of the app's code.
 * @module
 */
import { createHmac, randomInt } from "node:crypto";
import type { Sql, Tx } from "../db/mod.ts";

/** How many a user is given. */
export const RECOVERY_CODES = 10;

/** Crockford's base32: nothing in it is mistaken for something else. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 10;
const FORM = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** New codes of 50 random bits each, written `xxxxx-xxxxx`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
    letters.splice(LENGTH / 2, 0, "-");
    return letters.join("");
  });
}

/** Replaces a user's codes, used and unused. */
export async function storeRecoveryCodes(
  tx: Tx,
  key: Uint8Array,
  userId: string,
  codes: readonly string[],
  now: Date,
): Promise<void> {
  await dropRecoveryCodes(tx, userId);
  for (const code of codes) {
    await tx`
      insert into recovery_codes (user_id, hash, created_at)
      values (${userId}, ${hashOf(key, userId, canonical(code))}, ${now})
    `;
  }
}

/** Takes a code; false when it isn't one of the user's, or was taken before. */
export async function useRecoveryCode(
  tx: Tx,
  key: Uint8Array,
  userId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const plain = canonical(code);
  if (!FORM.test(plain)) return false;
  const used = await tx`
    update recovery_codes set used_at = ${now}
    where user_id = ${userId} and hash = ${hashOf(key, userId, plain)} and used_at is null
  `;
  return used.count === 1;
}

export async function dropRecoveryCodes(tx: Tx, userId: string): Promise<void> {
  await tx`delete from recovery_codes where user_id = ${userId}`;
}

/** How many a user has left. */
export async function countRecoveryCodes(sql: Sql | Tx, userId: string): Promise<number> {
  const [row] = await sql<{ left: bigint }[]>`
    select count(*) as left from recovery_codes where user_id = ${userId} and used_at is null
  `;
  return Number(row?.left ?? 0n);
}

/** As people type it: any case, with or without separators, letters that look like digits. */
function canonical(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
}

/** Keyed: who reads the table alone can't try out what 50 bits hold. */
function hashOf(key: Uint8Array, userId: string, code: string): Uint8Array {
  return createHmac("sha256", key).update(`${userId} ${code}`).digest();
}

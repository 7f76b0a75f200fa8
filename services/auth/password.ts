/**
 * What a password must be.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver length over composition, NFKC
 * @module
 */
import { ValidationError } from "../errors/mod.ts";

/** bcrypt reads 72 bytes and no more: what a longer password adds would not be checked. */
export const MAX_PASSWORD_BYTES = 72;

/** Characters that a password has at least. */
export const MIN_PASSWORD_LENGTH = 8;

/** One form for what looks the same, whatever keyboard it was typed on. */
export function normalizePassword(password: string): string {
  return password.normalize("NFKC");
}

/** Whether bcrypt would read all of it; one that it would not can be nobody's password. */
export function fitsBcrypt(password: string): boolean {
  return new TextEncoder().encode(normalizePassword(password)).length <= MAX_PASSWORD_BYTES &&
    !password.includes("\0");
}

/**
 * @param minLength characters; less than `MIN_PASSWORD_LENGTH` is for demonstrations only
 * @throws {ValidationError} on `field`, when it's too short, too long for bcrypt, or has a NUL
 */
export function checkPassword(
  password: string,
  { field = "password", minLength = MIN_PASSWORD_LENGTH } = {},
): void {
  const normalized = normalizePassword(password);
  const bytes = new TextEncoder().encode(normalized).length;
  if (normalized.includes("\0")) {
    throw new ValidationError(field, "Has a NUL character, where bcrypt would stop reading");
  }
  if (bytes > MAX_PASSWORD_BYTES) {
    throw new ValidationError(
      field,
      `Has ${bytes} bytes and bcrypt reads ${MAX_PASSWORD_BYTES}; shorten it (accented letters take 2 bytes, emoji 4)`,
    );
  }
  if ([...normalized].length < minLength) {
    throw new ValidationError(field, `Too short; use ${minLength} characters or more`);
  }
}

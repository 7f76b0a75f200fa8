/**
 * The token in a display's address: `wd_` and 256 random bits, known by its digest alone.
 * @module
 */
import { createHash, randomBytes } from "node:crypto";

/** Lets a secret scanner, and a person, tell what a leaked string is. */
const PREFIX = "wd_";
const FORM = /^wd_[A-Za-z0-9_-]{43}$/;

/** A new token, and what is kept of it. */
export function newWallToken(): { readonly token: string; readonly hash: Uint8Array } {
  const token = PREFIX + randomBytes(32).toString("base64url");
  return { token, hash: hashWallToken(token) };
}

/** Whether the text has the form of a token. */
export function looksLikeWallToken(text: string): boolean {
  return FORM.test(text);
}

/** There is nothing to guess in 256 random bits, so a plain digest is enough. */
export function hashWallToken(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/**
 * The secret of an API key: `jd_` and 256 random bits. Opaque, and known by its digest alone.
 * @module
 */
import { createHash, randomBytes } from "node:crypto";

/** Lets a secret scanner, and a person, tell what a leaked string is. */
const PREFIX = "jd_";
const FORM = /^jd_[A-Za-z0-9_-]{43}$/;

/** How much of a secret is shown for ever: the prefix and 6 characters, 36 of 256 bits. */
const SHOWN_LENGTH = PREFIX.length + 6;

/** A new secret, and what is kept of it. */
export interface NewSecret {
  /** Shown once. */
  readonly secret: string;
  readonly shown: string;
  readonly hash: Uint8Array;
}

export function newApiKeySecret(): NewSecret {
  const secret = PREFIX + randomBytes(32).toString("base64url");
  return { hash: hashApiKey(secret), secret, shown: secret.slice(0, SHOWN_LENGTH) };
}

/** Whether the text is of the form of a key's secret: neither access nor refresh tokens are. */
export function looksLikeApiKey(text: string): boolean {
  return FORM.test(text);
}

/** There is nothing to guess in 256 random bits, so a plain digest is enough. */
export function hashApiKey(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}

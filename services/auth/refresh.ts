/**
 * Refresh tokens: opaque, used once, stored as hashes. Using a token gives its one successor.
 *
 * Presenting a token that was used already means that two hold it, its owner and a thief, and
 * revokes the family. But browsers present a token twice in good faith: two tabs refresh at once,
 * or an answer is lost on its way and the request repeated. So for `GRACE_SECONDS`, and only until
 * the successor itself has been used, the same token gives *the same* successor again. It is not a
 * second one: the successor is derived from the token, a random salt and a key of the server, so the
 * family stays a single line, and a thief who slips into the grace period holds what the owner
 * holds: the first of the two to use it makes the other one's use a reuse, and the family ends.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 rotation and reuse
 * @module
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Tx } from "../db/mod.ts";

/** Life of a refresh token, in seconds; each use starts it anew. */
export const REFRESH_SECONDS = 30 * 24 * 60 * 60;

/** How long a used token still gives its successor, in seconds. */
export const GRACE_SECONDS = 30;

/** Lets a secret scanner, and a person, tell what a leaked string is. */
const PREFIX = "jdr_";

const SALT_BYTES = 16;

/** What presenting a refresh token came to. */
export type Rotation =
  | { readonly kind: "rotated"; readonly sessionId: string; readonly token: string }
  | { readonly kind: "repeated"; readonly sessionId: string; readonly token: string }
  | { readonly kind: "reused"; readonly sessionId: string }
  | { readonly kind: "refused" };

/** A new family's first token, stored. */
export async function issueFirst(tx: Tx, sessionId: string, now: Date): Promise<string> {
  const token = PREFIX + randomBytes(32).toString("base64url");
  await insert(tx, token, sessionId, now);
  return token;
}

/**
 * Uses a token. The family's row is locked until the transaction ends, so of any number of
 * simultaneous uses one rotates and the others find it done.
 *
 * `reused` leaves the revoking to the caller, who must commit it: an error thrown out of this
 * transaction would take the revocation back.
 */
export async function rotate(
  tx: Tx,
  key: Uint8Array,
  token: string,
  now: Date,
): Promise<Rotation> {
  const hash = hashOf(token);
  // Two statements: the second has a snapshot from after the wait for the lock, so it sees what the
  // one that held the lock before did to the token.
  const [family] = await tx<{ id: string; live: boolean }[]>`
    select id, revoked_at is null and expires_at > ${now} as live from sessions
    where id = (select session_id from refresh_tokens where hash = ${hash})
    for update
  `;
  if (family === undefined || !family.live) return { kind: "refused" };
  const [held] = await tx<
    { expiresAt: Date; rotatedAt: Date | null; salt: Uint8Array | null }[]
  >`
    select expires_at as "expiresAt", rotated_at as "rotatedAt", salt
    from refresh_tokens where hash = ${hash}
  `;
  if (held === undefined || held.expiresAt <= now) return { kind: "refused" };

  const sessionId = family.id;
  if (held.rotatedAt === null || held.salt === null) {
    const salt = randomBytes(SALT_BYTES);
    const next = successor(key, token, salt);
    await tx`update refresh_tokens set rotated_at = ${now}, salt = ${salt} where hash = ${hash}`;
    await insert(tx, next, sessionId, now);
    return { kind: "rotated", sessionId, token: next };
  }
  if (now.getTime() - held.rotatedAt.getTime() > GRACE_SECONDS * 1000) {
    return { kind: "reused", sessionId };
  }
  const next = successor(key, token, held.salt);
  const [after] = await tx<{ used: boolean }[]>`
    select rotated_at is not null as used from refresh_tokens
    where hash = ${hashOf(next)} and session_id = ${sessionId}
  `;
  // No such successor: SECRET_KEY changed within the grace period, which is nobody's theft.
  if (after === undefined) return { kind: "refused" };
  return after.used ? { kind: "reused", sessionId } : { kind: "repeated", sessionId, token: next };
}

/** The session of a token, used or not; `undefined` when it isn't known. */
export async function sessionOfToken(tx: Tx, token: string): Promise<string | undefined> {
  const [row] = await tx<{ sessionId: string }[]>`
    select session_id as "sessionId" from refresh_tokens where hash = ${hashOf(token)}
  `;
  return row?.sessionId;
}

/** The token has 256 random bits, so a plain hash is enough: there is nothing to guess. */
function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

function successor(key: Uint8Array, token: string, salt: Uint8Array): string {
  return PREFIX + createHmac("sha256", key).update(salt).update(token).digest("base64url");
}

async function insert(tx: Tx, token: string, sessionId: string, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + REFRESH_SECONDS * 1000);
  await tx`
    insert into refresh_tokens (hash, session_id, created_at, expires_at)
    values (${hashOf(token)}, ${sessionId}, ${now}, ${expiresAt})
  `;
}

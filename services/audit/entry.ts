/**
 * One entry of the audit log, and what its hashes cover.
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical_json.ts";

/** Who did it, from where. */
export interface Actor {
  /** The user's id; `null` for the system itself and for the command line. */
  readonly id: string | null;
  /** How the actor was called then: an address, `system`, `cli`. Erased with the person. */
  readonly label: string;
  readonly ip: string | null;
}

/** What was done. */
export interface NewEntry {
  readonly actor: Actor;
  /** The account that it concerns, which decides who may read it; `null` for the installation. */
  readonly accountId: string | null;
  /** `subject.verb`, such as `connector.start`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string | null };
  /** What there was and is, any JSON; secrets in it are cut out. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** @default now */
  readonly at?: Date;
}

/** What an entry's `who` part says: personal data, which can be erased. */
export interface Who {
  readonly label: string | null;
  readonly ip: string | null;
}

/** What an entry's `what` part says: may hold personal data, and can be erased. */
export interface What {
  readonly before: Json;
  readonly after: Json;
}

/** What the chaining hash covers: what stays when the contents are erased. */
export interface Link {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly whoHash: Uint8Array;
  readonly whatHash: Uint8Array;
  readonly prevHash: Uint8Array;
}

/** `prev_hash` of the first entry. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** Digest of the who part. The salt keeps an address from being guessed back once it is erased. */
export function whoDigest(salt: Uint8Array, who: Who): Uint8Array {
  return digest(salt, canonicalJson({ ip: who.ip, label: who.label }));
}

/** Digest of the what part. */
export function whatDigest(salt: Uint8Array, what: What): Uint8Array {
  return digest(salt, canonicalJson({ after: what.after, before: what.before }));
}

/** The entry's hash: SHA-256 over the canonical JSON of everything in `link`. */
export function linkHash(link: Link): Uint8Array {
  return digest(
    new Uint8Array(),
    canonicalJson({
      account_id: link.accountId,
      action: link.action,
      actor_id: link.actorId,
      at: link.at.toISOString(),
      id: link.id,
      prev_hash: hex(link.prevHash),
      seq: link.seq.toString(),
      subject_id: link.subjectId,
      subject_type: link.subjectType,
      what_hash: hex(link.whatHash),
      who_hash: hex(link.whoHash),
    }),
  );
}

/** The action of an entry that accounts for erased contents. */
export const ERASE_ACTION = "audit.erase";

/** How such an entry names an erased part. */
export function erasureKey(seq: bigint, part: "who" | "what"): string {
  return `${seq}:${part}`;
}

/** The parts that the `after` of such an entry names. */
export function erasuresIn(after: Json): string[] {
  if (after === null || typeof after !== "object" || !("erased" in after)) return [];
  const { erased } = after;
  return Array.isArray(erased) ? erased.filter((key) => typeof key === "string") : [];
}

/** Whether two digests are the same. */
export function sameHash(left: Uint8Array, right: Uint8Array): boolean {
  return hex(left) === hex(right);
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function digest(salt: Uint8Array, text: string): Uint8Array {
  return createHash("sha256").update(salt).update(text).digest();
}

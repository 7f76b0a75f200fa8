/**
 * Erasing a person from the audit log: contents and their salts go, the hashes stay, and the chain
 * still verifies.
 * @module
 */
import type { Tx } from "../db/mod.ts";
import { append } from "./append.ts";
import { type Actor, ERASE_ACTION, erasureKey } from "./entry.ts";

/** Whose traces go. At least one of the two is given. */
export interface Erasure {
  /** Entries of this actor lose its name and addresses. */
  readonly actorId?: string;
  /** Entries about this thing lose what there was before and after. */
  readonly subject?: { readonly type: string; readonly id: string };
  /** Who asks for it: an entry says so, and names what was erased. */
  readonly by: Actor;
  readonly at?: Date;
}

/** Parts that one entry names: keeps it a readable size. */
const PARTS_PER_ENTRY = 1_000;

/** @returns how many parts of entries were erased */
export async function erase(tx: Tx, { actorId, at, by, subject }: Erasure): Promise<number> {
  const keys: string[] = [];
  if (actorId !== undefined) {
    const rows = await tx<{ seq: bigint }[]>`
      update audit_entries set actor_label = null, ip = null, who_salt = null
      where actor_id = ${actorId} and who_salt is not null
      returning seq
    `;
    keys.push(...rows.map(({ seq }) => erasureKey(seq, "who")));
  }
  if (subject !== undefined) {
    // What an erasure erased must stay known, or the chain couldn't account for it.
    const rows = await tx<{ seq: bigint }[]>`
      update audit_entries set before = null, after = null, what_salt = null
      where subject_type = ${subject.type} and subject_id = ${subject.id}
        and what_salt is not null and action <> ${ERASE_ACTION}
      returning seq
    `;
    keys.push(...rows.map(({ seq }) => erasureKey(seq, "what")));
  }
  for (let from = 0; from < keys.length; from += PARTS_PER_ENTRY) {
    await append(tx, {
      accountId: null,
      action: ERASE_ACTION,
      actor: by,
      after: { erased: keys.slice(from, from + PARTS_PER_ENTRY) },
      subject: { id: null, type: "audit" },
      ...(at === undefined ? {} : { at }),
    });
  }
  return keys.length;
}

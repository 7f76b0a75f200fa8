/**
 * Writing the audit log.
 * @module
 */
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Tx } from "../db/mod.ts";
import { UnavailableError } from "../errors/mod.ts";
import { withoutSecrets } from "./canonical_json.ts";
import { type Link, linkHash, type NewEntry, whatDigest, whoDigest } from "./entry.ts";

const SALT_BYTES = 16;

/**
 * Appends an entry within the caller's transaction, so that what was done and the entry about it
 * stand or fall together. It holds the log's one lock (the row of `audit_head`) until the
 * transaction ends: call it last, and never wait for anything else after it.
 *
 * @returns the entry's number in the chain
 */
export async function append(tx: Tx, entry: NewEntry): Promise<bigint> {
  // A row lock rather than an advisory one: under any isolation level the row read is the row
  // locked, or the transaction fails; a stale head can't be continued.
  const [head] = await tx<{ seq: bigint; hash: Uint8Array }[]>`
    select seq, hash from audit_head for update
  `;
  if (head === undefined) {
    throw new UnavailableError("The audit log has lost its head; run audit verify");
  }
  const who = { ip: entry.actor.ip, label: entry.actor.label };
  const what = { after: withoutSecrets(entry.after), before: withoutSecrets(entry.before) };
  const whoSalt = randomBytes(SALT_BYTES);
  const whatSalt = randomBytes(SALT_BYTES);
  const link: Link = {
    accountId: entry.accountId,
    action: entry.action,
    actorId: entry.actor.id,
    at: entry.at ?? new Date(),
    id: v7(),
    prevHash: head.hash,
    seq: head.seq + 1n,
    subjectId: entry.subject.id,
    subjectType: entry.subject.type,
    whatHash: whatDigest(whatSalt, what),
    whoHash: whoDigest(whoSalt, who),
  };
  const hash = linkHash(link);
  await tx`
    insert into audit_entries (seq, id, at, account_id, actor_id, action, subject_type, subject_id,
      actor_label, ip, who_salt, who_hash, before, after, what_salt, what_hash, prev_hash, hash)
    values (${link.seq}, ${link.id}, ${link.at}, ${link.accountId}, ${link.actorId},
      ${link.action}, ${link.subjectType}, ${link.subjectId}, ${who.label}, ${who.ip},
      ${whoSalt}, ${link.whoHash}, ${tx.json(what.before)}, ${tx.json(what.after)},
      ${whatSalt}, ${link.whatHash}, ${link.prevHash}, ${hash})
  `;
  await tx`update audit_head set seq = ${link.seq}, hash = ${hash}`;
  return link.seq;
}

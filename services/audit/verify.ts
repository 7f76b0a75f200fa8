/**
 * Verifying the audit log.
 *
 * What it finds: an altered, removed, inserted or reordered entry; contents erased without an entry
 * that says so; a tail cut off while the head stayed. What it can't find by itself: a log rewritten
 * from some entry on, head included, by somebody who owns the database. For that, keep a head
 * (`auditHead`) elsewhere and give it as `anchor`.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import type { Json } from "./canonical_json.ts";
import {
  ERASE_ACTION,
  erasureKey,
  erasuresIn,
  GENESIS,
  hex,
  type Link,
  linkHash,
  sameHash,
  whatDigest,
  whoDigest,
} from "./entry.ts";

/** A place in the chain: an entry's number, and its hash in hexadecimal. */
export interface ChainPoint {
  readonly seq: bigint;
  readonly hash: string;
}

/** What the verification came to. */
export type Verification =
  | {
    readonly ok: true;
    readonly entries: bigint;
    /** Parts whose contents were erased, each by an entry that says so. */
    readonly erasedParts: number;
    readonly head: ChainPoint;
  }
  | {
    readonly ok: false;
    /** The first entry that is not as it was written, or is missing. */
    readonly seq: bigint;
    readonly reason: string;
  };

interface Row extends Link {
  readonly hash: Uint8Array;
  readonly label: string | null;
  readonly ip: string | null;
  readonly whoSalt: Uint8Array | null;
  readonly before: Json;
  readonly after: Json;
  readonly whatSalt: Uint8Array | null;
}

const BATCH = 500;

/** The chain's end: to be kept elsewhere, and given to `verifyChain` later. */
export async function auditHead(sql: Sql | Tx): Promise<ChainPoint | undefined> {
  const [head] = await sql<{ seq: bigint; hash: Uint8Array }[]>`select seq, hash from audit_head`;
  return head === undefined ? undefined : { hash: hex(head.hash), seq: head.seq };
}

/**
 * Reads the whole log, a batch at a time, against one snapshot of the database.
 * @param options.anchor a head that was noted earlier: the chain must still pass through it
 */
export async function verifyChain(
  sql: Sql,
  options: { readonly anchor?: ChainPoint } = {},
): Promise<Verification> {
  return await sql.begin("isolation level repeatable read read only", async (tx) => {
    const head = await auditHead(tx);
    if (head === undefined) {
      return { ok: false, reason: "The head of the log is missing", seq: 0n };
    }
    const walk = new Walk(options.anchor);
    await declareEntries(tx);
    while (true) {
      const rows = await tx<Row[]>`fetch ${tx.unsafe(String(BATCH))} from entries`;
      if (rows.length === 0) break;
      for (const row of rows) {
        const reason = walk.step(row);
        if (reason !== undefined) return { ok: false, reason, seq: walk.expected };
      }
    }
    return walk.end(head);
  });
}

async function declareEntries(tx: Tx): Promise<void> {
  await tx`
    declare entries no scroll cursor for
    select seq, id, at, account_id as "accountId", actor_id as "actorId", action,
      subject_type as "subjectType", subject_id as "subjectId", actor_label as label, ip,
      who_salt as "whoSalt", who_hash as "whoHash", before, after, what_salt as "whatSalt",
      what_hash as "whatHash", prev_hash as "prevHash", hash
    from audit_entries order by seq
  `;
}

/** One pass along the chain. */
class Walk {
  /** The number that the next entry must have. */
  expected = 1n;
  #previous: Uint8Array = GENESIS;
  #erasedParts = 0;
  /** Erased parts that no entry has accounted for yet, and the entry that each belongs to. */
  readonly #unexplained = new Map<string, bigint>();
  readonly #anchor: ChainPoint | undefined;

  constructor(anchor: ChainPoint | undefined) {
    this.#anchor = anchor;
  }

  /** What is wrong with the entry; `undefined` when nothing is, and the walk moves past it. */
  step(row: Row): string | undefined {
    if (row.seq !== this.expected) return `The entry is missing; the next one is ${row.seq}`;
    if (!sameHash(row.prevHash, this.#previous)) {
      return "The entry doesn't follow the one before it: one of the two was replaced";
    }
    if (!sameHash(linkHash(row), row.hash)) return "The entry was altered";
    if (row.whoSalt === null) this.#erased(row.seq, "who");
    else if (!sameHash(whoDigest(row.whoSalt, row), row.whoHash)) {
      return "Who did it, or from where, was altered";
    }
    if (row.whatSalt === null) this.#erased(row.seq, "what");
    else if (!sameHash(whatDigest(row.whatSalt, row), row.whatHash)) {
      return "What there was before or after was altered";
    }
    if (row.action === ERASE_ACTION) {
      for (const key of erasuresIn(row.after)) this.#unexplained.delete(key);
    }
    if (this.#anchor?.seq === row.seq && this.#anchor.hash !== hex(row.hash)) {
      return "The entry isn't the one that was noted elsewhere: the log was rewritten";
    }
    this.#previous = row.hash;
    this.expected += 1n;
    return undefined;
  }

  /** What the chain as a whole came to. */
  end(head: ChainPoint): Verification {
    const last = this.expected - 1n;
    const [unexplained] = this.#unexplained.values();
    if (unexplained !== undefined) {
      return {
        ok: false,
        reason: "Its contents were erased, and no entry says by whom",
        seq: unexplained,
      };
    }
    if (head.seq > last) {
      return {
        ok: false,
        reason: `The end is missing: the log ends at ${last} and its head is at ${head.seq}`,
        seq: this.expected,
      };
    }
    if (head.seq < last || head.hash !== hex(this.#previous)) {
      return { ok: false, reason: "The log's head isn't this entry", seq: last };
    }
    if (this.#anchor !== undefined && this.#anchor.seq > last) {
      return {
        ok: false,
        reason: `The end is missing: entry ${this.#anchor.seq} was noted elsewhere`,
        seq: this.expected,
      };
    }
    return { entries: last, erasedParts: this.#erasedParts, head, ok: true };
  }

  #erased(seq: bigint, part: "who" | "what"): void {
    this.#erasedParts += 1;
    this.#unexplained.set(erasureKey(seq, part), seq);
  }
}

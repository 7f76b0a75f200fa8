import assert from "node:assert/strict";
import fc from "fast-check";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, NO_ACCOUNTS } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { append } from "./append.ts";
import type { Actor, NewEntry } from "./entry.ts";
import { erase } from "./erase.ts";
import { listEntries } from "./list.ts";
import { auditHead, verifyChain } from "./verify.ts";

const ALICE: Actor = { id: v7(), ip: "192.0.2.7", label: "alice@example.test" };
const BOB: Actor = { id: v7(), ip: "192.0.2.8", label: "bob@example.test" };

function entry(more: Partial<NewEntry> = {}): NewEntry {
  return {
    accountId: null,
    action: "connector.start",
    actor: ALICE,
    subject: { id: "smsc1", type: "connector" },
    ...more,
  };
}

async function write(sql: Sql, ...entries: NewEntry[]): Promise<void> {
  for (const each of entries) await sql.begin((tx) => append(tx, each));
}

/** Does what only somebody with the rights of the database's owner can, then puts it back. */
async function tampered(
  sql: Sql,
  work: (tx: Tx) => PromiseLike<unknown>,
): Promise<{ seq: bigint; reason: string }> {
  await sql`create table kept as table audit_entries`;
  await sql`create table kept_head as table audit_head`;
  const found = await sql.begin(async (tx) => {
    await tx`alter table audit_entries disable trigger user`;
    await work(tx);
    await tx`alter table audit_entries enable trigger user`;
  }).then(() => verifyChain(sql));
  await sql.begin(async (tx) => {
    await tx`alter table audit_entries disable trigger user`;
    await tx`delete from audit_entries`;
    await tx`insert into audit_entries table kept`;
    await tx`delete from audit_head`;
    await tx`insert into audit_head table kept_head`;
    await tx`alter table audit_entries enable trigger user`;
    await tx`drop table kept, kept_head`;
  });
  assert(!found.ok, "the tampering went unnoticed");
  return { reason: found.reason, seq: found.seq };
}

Deno.test("the audit log on PostgreSQL", async (t) => {
  await withDatabase(async (sql) => {
    await t.step("an empty log is whole", async () => {
      assert.deepEqual(await verifyChain(sql), {
        entries: 0n,
        erasedParts: 0,
        head: { hash: "00".repeat(32), seq: 0n },
        ok: true,
      });
    });

    await t.step("50 transactions at once give one line without a gap", async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => write(sql, entry({ after: { index } }))),
      );
      const verified = await verifyChain(sql);
      assert(verified.ok);
      assert.equal(verified.entries, 50n);
    });

    await t.step("an entry goes back with its transaction, and leaves no gap", async () => {
      const before = await auditHead(sql);
      await assert.rejects(
        sql.begin(async (tx) => {
          await append(tx, entry());
          throw new Error("no");
        }),
        /no/,
      );
      assert.deepEqual(await auditHead(sql), before);
      await write(sql, entry());
      assert((await verifyChain(sql)).ok);
    });

    await t.step("any before and after verifies as the database gives it back", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.anything({ withBigInt: true, withDate: true }),
          fc.jsonValue(),
          async (before, after) => {
            // An invalid Date has no JSON form at all, which is the caller's fault.
            fc.pre(isWritable(before));
            await write(sql, entry({ after, before }));
          },
        ),
        { numRuns: 60 },
      );
      assert.deepEqual((await verifyChain(sql)).ok, true);
    });

    await t.step("a secret is nowhere in the log", async () => {
      await write(sql, entry({ after: { cid: "smsc1", password: "hunter2" } }));
      const [found] = await sql`
        select from audit_entries where after::text like '%hunter2%' or before::text like '%hunter2%'
      `;
      assert.equal(found, undefined);
    });

    await t.step("updates, deletes and truncation are refused", async () => {
      for (
        const statement of [
          "update audit_entries set action = 'x' where seq = 3",
          "update audit_entries set actor_label = 'x' where seq = 3",
          "update audit_entries set actor_label = null where seq = 3",
          "update audit_entries set actor_id = null where seq = 3",
          "delete from audit_entries where seq = 3",
          "truncate audit_entries",
        ]
      ) {
        await assert.rejects(
          Promise.resolve(sql.unsafe(statement)),
          /append-only|check constraint/,
          statement,
        );
      }
    });

    await t.step("whatever is altered, the first broken entry is named", async () => {
      const alterations: [string, bigint, RegExp][] = [
        ["update audit_entries set action = 'x' where seq = 3", 3n, /altered/],
        ["update audit_entries set at = at + interval '1 ms' where seq = 3", 3n, /altered/],
        ["update audit_entries set account_id = id where seq = 3", 3n, /altered/],
        ["update audit_entries set actor_id = null where seq = 3", 3n, /altered/],
        ["update audit_entries set subject_id = 'y' where seq = 3", 3n, /altered/],
        ["update audit_entries set actor_label = 'eve' where seq = 3", 3n, /Who did it/],
        ["update audit_entries set ip = '::1' where seq = 3", 3n, /Who did it/],
        ["update audit_entries set before = '1' where seq = 3", 3n, /before or after/],
        ["update audit_entries set after = '{}' where seq = 3", 3n, /before or after/],
        ["update audit_entries set hash = prev_hash where seq = 3", 3n, /altered/],
        ["update audit_entries set prev_hash = hash where seq = 3", 3n, /follow/],
        ["delete from audit_entries where seq = 3", 3n, /missing/],
        ["delete from audit_entries where seq <= 3", 1n, /missing/],
        [
          "update audit_entries set actor_label = null, ip = null, who_salt = null where seq = 3",
          3n,
          /no entry says/,
        ],
        ["update audit_head set seq = seq - 1", 1n, /head/],
      ];
      for (const [statement, seq, reason] of alterations) {
        const found = await tampered(sql, (tx) => tx.unsafe(statement));
        if (!statement.includes("audit_head")) assert.equal(found.seq, seq, statement);
        assert.match(found.reason, reason, statement);
      }
      assert((await verifyChain(sql)).ok);
    });

    await t.step("two entries that changed places are noticed", async () => {
      const found = await tampered(sql, async (tx) => {
        await tx`update audit_entries set seq = 1000000 where seq = 4`;
        await tx`update audit_entries set seq = 4 where seq = 5`;
        await tx`update audit_entries set seq = 5 where seq = 1000000`;
      });
      assert.equal(found.seq, 4n);
    });

    await t.step("a tail cut off is noticed by the head, or by a head kept elsewhere", async () => {
      const anchor = await auditHead(sql);
      assert(anchor !== undefined);
      const cut = anchor.seq - 2n;
      const found = await tampered(sql, (tx) => tx`delete from audit_entries where seq > ${cut}`);
      assert.equal(found.seq, cut + 1n);
      assert.match(found.reason, /end is missing/);

      await write(sql, entry());
      assert((await verifyChain(sql, { anchor })).ok);
      const other = { hash: "ab".repeat(32), seq: anchor.seq };
      const rewritten = await verifyChain(sql, { anchor: other });
      assert(!rewritten.ok);
      assert.equal(rewritten.seq, anchor.seq);
      const later = await verifyChain(sql, { anchor: { ...anchor, seq: anchor.seq + 100n } });
      assert(!later.ok);
      assert.match(later.reason, /noted elsewhere/);
    });

    await t.step("a person is erased, the chain still verifies and says by whom", async () => {
      const contact = { id: v7(), type: "contact" };
      await write(
        sql,
        entry({ actor: BOB, after: { phone: "+34600000001" }, subject: contact }),
        entry({ actor: ALICE, before: { phone: "+34600000001" }, subject: contact }),
      );
      const parts = await sql.begin((tx) =>
        erase(tx, { actorId: BOB.id ?? "", by: ALICE, subject: contact })
      );
      assert.equal(parts, 3);
      const verified = await verifyChain(sql);
      assert(verified.ok);
      assert.equal(verified.erasedParts, 3);
      const [left] = await sql`
        select from audit_entries
        where actor_label = ${BOB.label} or ip = ${BOB.ip} or after::text like '%34600000001%'
          or before::text like '%34600000001%'
      `;
      assert.equal(left, undefined);
      const again = await sql.begin((tx) => erase(tx, { by: ALICE, subject: contact }));
      assert.equal(again, 0);
      const [announced] = await listEntries(sql, ALL_ACCOUNTS, { action: "audit." });
      assert.equal(announced?.actorLabel, ALICE.label);
    });

    await t.step("a reader sees the own accounts' entries, page by page", async () => {
      const accountId = v7();
      await write(
        sql,
        ...Array.from(
          { length: 5 },
          (_, index) => entry({ accountId, action: "user.create", after: { index } }),
        ),
      );
      const scope = { kind: "accounts", ids: [accountId] } as const;
      const first = await listEntries(sql, scope, { limit: 3 });
      const last = first.at(-1);
      assert(last !== undefined);
      const second = await listEntries(sql, scope, { before: last.seq, limit: 3 });
      assert.deepEqual([...first, ...second].map((each) => each.after), [
        { index: 4 },
        { index: 3 },
        { index: 2 },
        { index: 1 },
        { index: 0 },
      ]);
      assert.equal((await listEntries(sql, NO_ACCOUNTS)).length, 0);
      assert.equal((await listEntries(sql, scope, { actorId: BOB.id ?? "" })).length, 0);
      assert.equal((await listEntries(sql, scope, { action: "user." })).length, 5);
      assert.equal((await listEntries(sql, scope, { action: "user" })).length, 0);
      assert.equal((await listEntries(sql, scope, { since: new Date(0) })).length, 5);
      assert.equal((await listEntries(sql, scope, { until: new Date(0) })).length, 0);
    });
  });
});

function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value, (_, each) => typeof each === "bigint" ? "" : each);
    return true;
  } catch {
    return false;
  }
}

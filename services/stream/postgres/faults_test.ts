import assert from "node:assert/strict";
import { connect, type Sql } from "../../db/mod.ts";
import { UnavailableError } from "../../errors/mod.ts";
import { compareIds, type Entry, openStream, type Stream } from "../mod.ts";
import { startCuttingProxy } from "../testing/cutting_proxy.ts";
import { makeDatabase, type TestDatabase } from "../testing/database.ts";
import { collect, end, numbered } from "../testing/harness.ts";

const S = "events";

async function withDatabase(
  body: (sql: Sql, stream: Stream, database: TestDatabase) => Promise<void>,
): Promise<void> {
  const database = await makeDatabase();
  const sql = connect(database.url, { max: 8 });
  const stream = openStream({ sql });
  try {
    await body(sql, stream, database);
  } finally {
    await stream.close();
    await sql.end();
    await database.drop();
  }
}

/** Appends inside a transaction that the caller holds open as long as it likes. */
async function openAppend(sql: Sql, n: number): Promise<{ commit(): Promise<void> }> {
  const held = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const done = sql.begin(async (tx) => {
    const data = [JSON.stringify({ n })];
    await tx`select stream_append(${S}, 'unused', ${crypto.randomUUID()}, '', 0, ${[
      "n",
    ]}, ${data})`;
    started.resolve();
    await held.promise;
  });
  await Promise.race([started.promise, done]);
  return {
    async commit() {
      held.resolve();
      await done;
    },
  };
}

Deno.test("postgres: a lower id never becomes visible after a higher one", () =>
  withDatabase(async (sql, stream) => {
    const from = await end(stream, S);
    const first = await openAppend(sql, 1);
    // Begun later, on another connection: it has to wait until the first has become visible.
    const second = stream.append(S, numbered(2, 3));
    const [waiting] = await waitFor(() =>
      sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`
    );
    assert.ok(waiting);
    assert.deepEqual(await stream.read(S, from), { kind: "entries", entries: [] });
    await first.commit();
    await second;
    const entries = await collect(stream, S, from, 2);
    assert.deepEqual(entries.map(numberOf), [1, 2]);
  }));

Deno.test("postgres: many transactions of random length lose nothing to a tailing reader", () =>
  withDatabase(async (sql, stream) => {
    const from = await end(stream, S);
    const total = 600;
    const reading = collect(stream, S, from, total);
    await sql`create table naive (id bigserial primary key)`;
    const naive = tailNaively(sql, total);
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let i = 0; i < total / 6; i++) {
          await sql.begin(async (tx) => {
            const data = [JSON.stringify({ n: writer * 100 + i })];
            const late = Math.random() * 0.004;
            await tx`insert into naive default values`;
            await tx`select pg_sleep(${late})`;
            await tx`select stream_append(${S}, 'unused', ${crypto.randomUUID()}, '', 0, ${["n"]},
              ${data})`;
            await tx`select pg_sleep(${late / 4})`;
          });
        }
      }),
    );
    const entries = await reading;
    assert.equal(new Set(entries.map(numberOf)).size, total);
    assert.deepEqual(entries.map((e) => e.id).sort(compareIds), entries.map((e) => e.id));
    // The control: under the same load a reader of a plain sequence does lose rows.
    assert.ok(await naive < total, "the load had no commit out of order, so this proves nothing");
  }));

/** Tails a plain `bigserial` until it is complete; answers how many rows the reader saw. */
async function tailNaively(sql: Sql, total: number): Promise<number> {
  let last = 0n;
  let seen = 0;
  for (;;) {
    const [all] = await sql<{ count: bigint }[]>`select count(*) from naive`;
    const rows = await sql<{ id: bigint }[]>`select id from naive where id > ${last} order by id`;
    seen += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (all?.count === BigInt(total) && rows.length === 0) return seen;
  }
}

Deno.test("postgres: an append whose answer was cut is stored once", () =>
  withDatabase(async (_sql, _stream, database) => {
    const server = new URL(database.url);
    const port = Number(server.port || 5432);
    const proxy = startCuttingProxy({ hostname: server.hostname, port });
    const url = new URL(database.url);
    url.port = String(proxy.port);
    const sql = connect(url.href, { max: 1 });
    const stream = openStream({ sql });
    try {
      await stream.append(S, numbered(0, 1));
      const ids: string[] = [];
      for (let n = 1; n < 11; n++) {
        proxy.cutNextAnswer();
        ids.push(...await stream.append(S, numbered(n, n + 1)));
      }
      assert.equal(proxy.cuts, 10);
      const stored = await stream.range(S);
      assert.deepEqual(stored.map(numberOf), Array.from({ length: 11 }, (_, i) => i));
      assert.deepEqual(stored.slice(1).map((entry) => entry.id), ids);
    } finally {
      await stream.close();
      await sql.end({ timeout: 1 });
      await proxy.close();
    }
  }));

Deno.test("postgres: acknowledged entries that are gone make a new epoch at the next append", () =>
  withDatabase(async (sql, stream) => {
    await stream.append(S, numbered(0, 3));
    const before = await end(stream, S);
    await sql`delete from stream_entries`;
    assert.equal((await stream.read(S, before)).kind, "gap");
    await stream.append(S, numbered(3, 4));
    assert.notEqual((await stream.bounds(S)).epoch, before.epoch);
  }));

Deno.test("postgres: a reader wakes by the clock when notifications don't come", () =>
  withDatabase(async (sql, stream) => {
    const from = await end(stream, S);
    const reading = stream.read(S, from, { blockMs: 10_000 });
    await waitFor(() => sql`select 1 from pg_stat_activity where query ilike 'listen%'`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'`;
    await sql`insert into stream_entries (stream, id, type, data)
      values (${S}, stream_now(), 'n', '{"n":1}')`; // without a NOTIFY
    const read = await reading;
    assert.deepEqual(read.kind === "entries" && read.entries.map(numberOf), [1]);
  }));

Deno.test("postgres: a server that is away is waited for a bounded time only", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const sql = connect(`postgres://root@127.0.0.1:${port}/none`, { max: 1 });
  const stream = openStream({ sql, retryBudgetMs: 300 });
  await assert.rejects(stream.append(S, numbered(0, 1)), UnavailableError);
  await assert.rejects(stream.bounds(S), UnavailableError);
  assert.equal((await stream.health()).ok, false);
  await stream.close();
  await sql.end({ timeout: 1 });
});

async function waitFor<T>(query: () => PromiseLike<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const rows = await query();
    if (rows.length > 0) return rows;
  }
}

function numberOf(entry: Entry): number {
  return JSON.parse(entry.data).n;
}

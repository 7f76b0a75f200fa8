import assert from "node:assert/strict";
import { withDatabase } from "../accounts/testing.ts";
import { leaveEntries, LIVE_STREAM, tellOutbox } from "./outbox.ts";
import { openStream } from "./open.ts";
import type { Stream } from "./model.ts";

const entry = (n: number) => ({ type: "alerts.raised", data: JSON.stringify({ n }) });

async function told(stream: Stream): Promise<number[]> {
  const entries = await stream.range(LIVE_STREAM, { limit: 10_000 });
  return entries.map(({ data }) => JSON.parse(data).n);
}

Deno.test("the outbox", async (t) => {
  await withDatabase(async (sql) => {
    const stream = openStream({ sql });
    let next = 0;
    const leave = (count: number) =>
      sql.begin((tx) => leaveEntries(tx, Array.from({ length: count }, () => entry(next++))));

    await t.step("tells in order and once, however many tell", async () => {
      await leave(700);
      await leave(650);
      while ((await sql`select from live_outbox limit 1`).length > 0) {
        await Promise.all(Array.from({ length: 5 }, () => tellOutbox(sql, stream)));
      }
      assert.deepEqual(await told(stream), Array.from({ length: next }, (_, n) => n));
      assert.equal(await tellOutbox(sql, stream), 0);
    });

    await t.step("tells nothing of what was rolled back", async () => {
      await assert.rejects(sql.begin(async (tx) => {
        await leaveEntries(tx, [entry(-1)]);
        throw new Error("no");
      }));
      assert.equal(await tellOutbox(sql, stream), 0);
    });

    await t.step("keeps what could not be told", async () => {
      await leave(2);
      const away = {
        append: () => Promise.reject(new Error("The stream is away")),
      } as unknown as Stream; // tellOutbox calls nothing else
      await assert.rejects(tellOutbox(sql, away), /away/);
      assert.equal(await tellOutbox(sql, stream), 2);
      assert.deepEqual((await told(stream)).slice(-2), [next - 2, next - 1]);
    });

    await t.step("tells again, not never, when its process dies after telling", async () => {
      await leave(1);
      // The connection is cut after the entry is stored and before its row is deleted.
      const dying = {
        append: async (name: string, entries: Parameters<Stream["append"]>[1]) => {
          const ids = await stream.append(name, entries);
          await sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where state = 'idle in transaction' and datname = current_database()`;
          return ids;
        },
      } as unknown as Stream; // tellOutbox calls nothing else
      await assert.rejects(tellOutbox(sql, dying));
      assert.equal(await tellOutbox(sql, stream), 1);
      assert.deepEqual((await told(stream)).slice(-2), [next - 1, next - 1]);
    });
    await stream.close();
  });
});

/**
 * Events that must not be lost between a commit and their telling: written with the change they tell
 * of, told afterwards by whoever comes first. Told at least once; what is told names itself.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import type { NewEntry, Stream } from "./model.ts";

/** The name of the stream that live screens are told by. */
export const LIVE_STREAM = "live";

/** Notified when a transaction that left something commits. */
export const OUTBOX_CHANNEL = "live_outbox";

const BATCH = 500;

/** Leaves entries for the stream `live` in the caller's transaction, in order. */
export async function leaveEntries(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx`
    insert into live_outbox (type, data)
    select type, data
    from unnest(${entries.map(({ type }) => type)}::text[], ${
    entries.map(({ data }) => data)
  }::text[])
      with ordinality as e (type, data, place) order by place`;
  await tx`select pg_notify(${OUTBOX_CHANNEL}, '')`;
}

/**
 * Tells what was left, oldest first; answers how many. One at a time does it in an installation:
 * who comes while another is at it is answered 0, and looks again later.
 * @throws {UnavailableError} when the stream is away for too long; nothing is lost
 */
export async function tellOutbox(sql: Sql, stream: Stream): Promise<number> {
  let told = 0;
  for (;;) {
    const count = await tellBatch(sql, stream);
    told += count;
    if (count < BATCH) return told;
  }
}

async function tellBatch(sql: Sql, stream: Stream): Promise<number> {
  // Most calls find nothing; they take no lock.
  const [left] = await sql<{ any: boolean }[]>`
    select exists (select from live_outbox) as any`;
  if (left?.any !== true) return 0;
  return await sql.begin(async (tx) => {
    // Two who tell at once would tell out of order.
    const [lock] = await tx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${OUTBOX_CHANNEL}, 0)) as taken`;
    if (lock?.taken !== true) return 0;
    const rows = await tx<{ id: bigint; type: string; data: string }[]>`
      select id, type, data from live_outbox order by id limit ${BATCH}`;
    if (rows.length === 0) return 0;
    await stream.append(LIVE_STREAM, rows.map(({ type, data }) => ({ type, data })));
    await tx`delete from live_outbox where id = any(${rows.map(({ id }) => String(id))}::int8[])`;
    return rows.length;
  });
}

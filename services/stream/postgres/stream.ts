/**
 * The stream on PostgreSQL tables (`migrations/0005_stream.sql`): the default without Redis.
 * @module
 */
import { isConnectionError, ping, type Sql } from "../../db/mod.ts";
import { Batcher } from "../batcher.ts";
import type {
  Bounds,
  ClaimOptions,
  Entry,
  GroupState,
  NewEntry,
  Position,
  RangeOptions,
  Reading,
  ReadOptions,
  Stream,
  StreamHealth,
} from "../model.ts";
import { closedError, messageOf, retry, within } from "../retry.ts";
import { checkedLimit, checkEntries } from "../rules.ts";
import { Wakeups } from "./wakeups.ts";

const CLOSE_PATIENCE_MS = 2_000;
const HIGHEST_ID = 2n ** 63n - 1n;

// Besides the connection's failures: serialisation, deadlock, lock not available, and a server that
// became a read-only standby.
const TRANSIENT_STATES = new Set(["40001", "40P01", "55P03", "25006"]);

/** How the driver is set up. */
export interface PostgresStreamOptions {
  /** The pool to use; it stays the caller's to end, after the stream is closed. */
  readonly sql: Sql;
  readonly retryBudgetMs: number;
}

interface EntryRow {
  readonly id: bigint;
  readonly type: string;
  readonly data: string;
}

interface BoundsRow {
  readonly epoch: string;
  readonly floor: bigint;
  readonly first: bigint | null;
  readonly last: bigint | null;
}

/** @see Stream */
export class PostgresStream implements Stream {
  readonly #sql: Sql;
  readonly #retryBudgetMs: number;
  readonly #wakeups: Wakeups;
  readonly #batchers = new Map<string, Batcher>();
  #closed = false;

  constructor({ sql, retryBudgetMs }: PostgresStreamOptions) {
    this.#sql = sql;
    this.#retryBudgetMs = retryBudgetMs;
    this.#wakeups = new Wakeups(sql);
  }

  append(stream: string, entries: readonly NewEntry[]): Promise<string[]> {
    checkEntries(entries);
    if (this.#closed) return Promise.reject(closedError());
    let batcher = this.#batchers.get(stream);
    if (!batcher) {
      batcher = this.#makeBatcher(stream);
      this.#batchers.set(stream, batcher);
    }
    return batcher.add(entries);
  }

  async bounds(stream: string): Promise<Bounds> {
    for (;;) {
      const [row] = await this.#retry("read the stream", () =>
        this.#sql<BoundsRow[]>`
          select s.epoch, s.floor_id as floor,
            (select min(e.id) from stream_entries e where e.stream = s.name) as first,
            (select max(e.id) from stream_entries e where e.stream = s.name) as last
          from streams s where s.name = ${stream}`);
      if (row) return boundsOf(row);
      await this.#create(stream);
    }
  }

  async range(stream: string, options: RangeOptions = {}): Promise<Entry[]> {
    const after = options.after === undefined ? -1n : BigInt(options.after);
    const through = options.through === undefined ? HIGHEST_ID : BigInt(options.through);
    const limit = checkedLimit(options.limit);
    const { newest = false } = options;
    const rows = await this.#retry("list the stream", () =>
      this.#sql<EntryRow[]>`
        select id, type, data from stream_entries
        where stream = ${stream} and id > ${after} and id <= ${through}
        order by id ${newest ? this.#sql`desc` : this.#sql`asc`} limit ${limit}`);
    const found = rows.map(entryOf);
    return newest ? found.reverse() : found;
  }

  async read(stream: string, position: Position, options: ReadOptions = {}): Promise<Reading> {
    const { blockMs = 0, signal } = options;
    const limit = checkedLimit(options.limit);
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const mark = blockMs > 0 ? await this.#wakeups.mark(stream) : 0;
      const reading = await this.#readOnce(stream, position, limit, signal);
      const left = until - performance.now();
      if (reading.kind === "gap" || reading.entries.length > 0 || left <= 0) return reading;
      await this.#wakeups.wait(stream, mark, left, signal);
    }
  }

  async createGroup(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    const { last } = await this.bounds(stream);
    const start = from === "first" ? 0n : BigInt(last);
    const made = await this.#retry("create the group", () =>
      this.#sql`
        insert into stream_groups (stream, name, last_id) values (${stream}, ${group}, ${start})
        on conflict do nothing`);
    return made.count === 1;
  }

  async removeGroup(stream: string, group: string): Promise<boolean> {
    const removed = await this.#retry(
      "remove the group",
      () => this.#sql`delete from stream_groups where stream = ${stream} and name = ${group}`,
    );
    return removed.count === 1;
  }

  async groups(stream: string): Promise<GroupState[]> {
    const rows = await this.#retry(
      "list the groups",
      () =>
        this.#sql<{ name: string; last: bigint; pending: bigint; oldest: bigint | null }[]>`
        select g.name, g.last_id as last, count(p.entry_id) as pending, min(p.entry_id) as oldest
        from stream_groups g
        left join stream_pending p on p.stream = g.stream and p.group_name = g.name
        where g.stream = ${stream}
        group by g.stream, g.name order by g.name`,
    );
    return rows.map((row) => ({
      name: row.name,
      lastDelivered: String(row.last),
      pending: Number(row.pending),
      oldestPending: row.oldest === null ? null : String(row.oldest),
    }));
  }

  async readGroup(
    stream: string,
    group: string,
    consumer: string,
    options: ReadOptions = {},
  ): Promise<Entry[]> {
    const { blockMs = 0, signal } = options;
    const limit = checkedLimit(options.limit);
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const mark = blockMs > 0 ? await this.#wakeups.mark(stream) : 0;
      const rows = await this.#retry("read the group", () =>
        this.#sql<EntryRow[]>`
          select id, type, data
          from stream_read_group(${stream}, ${group}, ${consumer}, ${limit})`, signal);
      const left = until - performance.now();
      if (rows.length > 0 || left <= 0) return rows.map(entryOf);
      await this.#wakeups.wait(stream, mark, left, signal);
    }
  }

  async ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    // As texts: postgres.js takes the type of an array of bigints for that of its elements.
    const wanted = [...ids];
    const done = await this.#retry("acknowledge entries", () =>
      this.#sql`
        delete from stream_pending
        where stream = ${stream} and group_name = ${group}
          and entry_id = any(${wanted}::bigint[])`);
    return done.count;
  }

  async claim(
    stream: string,
    group: string,
    consumer: string,
    { idleMs, limit }: ClaimOptions,
  ): Promise<Entry[]> {
    const wanted = checkedLimit(limit);
    const rows = await this.#retry("claim entries", () =>
      this.#sql<EntryRow[]>`
        with stale as (
          select entry_id from stream_pending
          where stream = ${stream} and group_name = ${group}
            and delivered_at <= clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'
          order by entry_id limit ${wanted}
          for update skip locked
        ), taken as (
          update stream_pending p set consumer = ${consumer}, delivered_at = clock_timestamp()
          from stale
          where p.stream = ${stream} and p.group_name = ${group} and p.entry_id = stale.entry_id
          returning p.entry_id
        )
        select e.id, e.type, e.data from taken
        join stream_entries e on e.stream = ${stream} and e.id = taken.entry_id
        order by e.id`);
    return rows.map(entryOf);
  }

  async trimConsumed(stream: string): Promise<number> {
    const [row] = await this.#retry(
      "trim the stream",
      () =>
        this.#sql<{ removed: bigint | null }[]>`
        select stream_trim(${stream}, min(held.id)) as removed
        from (
          select coalesce(min(p.entry_id), g.last_id + 1) as id
          from stream_groups g
          left join stream_pending p on p.stream = g.stream and p.group_name = g.name
          where g.stream = ${stream}
          group by g.stream, g.name
        ) held
        having count(*) > 0`,
    );
    return Number(row?.removed ?? 0n);
  }

  async trimOlderThan(stream: string, ageMs: number): Promise<number> {
    const age = BigInt(Math.ceil(ageMs)) * 1_000n;
    const [row] = await this.#retry("trim the stream", () =>
      this.#sql<{ removed: bigint }[]>`
        select stream_trim(${stream}, stream_now() - ${age}::bigint) as removed`);
    return Number(row?.removed ?? 0n);
  }

  async reset(stream: string): Promise<void> {
    const { last } = await this.bounds(stream);
    await this.#retry("reset the stream", () =>
      this.#sql.begin(async (tx) => {
        await tx`delete from stream_groups where stream = ${stream}`;
        await tx`select stream_trim(${stream}, ${HIGHEST_ID})`;
        await tx`
          update streams set epoch = ${newEpoch()}, floor_id = greatest(floor_id, ${BigInt(last)})
          where name = ${stream}`;
      }));
  }

  async health(): Promise<StreamHealth> {
    const started = performance.now();
    const driver = "postgres";
    try {
      return { ok: true, driver, latencyMs: await ping(this.#sql) };
    } catch (error) {
      const latencyMs = performance.now() - started;
      return { ok: false, driver, latencyMs, message: messageOf(error) };
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    const written = Promise.all([...this.#batchers.values()].map((batcher) => batcher.idle()));
    this.#closed = true;
    await this.#wakeups.close();
    await within(written, CLOSE_PATIENCE_MS);
  }

  #makeBatcher(stream: string): Batcher {
    let known = 0n;
    return new Batcher(async (batch) => {
      const id = crypto.randomUUID();
      const types = batch.map((entry) => entry.type);
      const data = batch.map((entry) => entry.data);
      const append = () =>
        this.#sql<{ first: bigint }[]>`
          select stream_append(${stream}, ${newEpoch()}, ${id}, ${known}, ${types}::text[],
            ${data}::text[]) as first`;
      // Not through #retry: what was taken before close() is still written.
      const budgetMs = this.#retryBudgetMs;
      const [row] = await retry(append, { what: "append to the stream", isTransient, budgetMs });
      if (!row) throw new TypeError("stream_append returned no row");
      known = row.first + BigInt(batch.length - 1);
      return batch.map((_, index) => String(row.first + BigInt(index)));
    });
  }

  // One statement, so that entries and epoch are of one moment. The bounds come with each row, which
  // is cheaper than a second round trip; OFFSET 0 keeps them from being worked out for each row.
  async #readOnce(
    stream: string,
    { epoch, id }: Position,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<Reading> {
    const after = BigInt(id);
    const rows = await this.#retry(
      "read the stream",
      () =>
        this.#sql<(BoundsRow & (EntryRow | Record<keyof EntryRow, null>))[]>`
        select s.epoch, s.floor_id as floor, b.first, b.last, e.id, e.type, e.data
        from streams s
        cross join lateral (
          select (select min(o.id) from stream_entries o where o.stream = s.name) as first,
            (select max(o.id) from stream_entries o where o.stream = s.name) as last
          offset 0
        ) b
        left join lateral (
          select n.id, n.type, n.data from stream_entries n
          where n.stream = s.name and n.id > ${after}
            and s.epoch = ${epoch} and s.floor_id <= ${after}
          order by n.id limit ${limit}
        ) e on true
        where s.name = ${stream}
        order by e.id`,
      signal,
    );
    const [row] = rows;
    if (!row) {
      await this.#create(stream);
      return { kind: "gap", bounds: await this.bounds(stream) };
    }
    const bounds = boundsOf(row);
    if (row.epoch !== epoch || row.floor > after || BigInt(bounds.last) < after) {
      return { kind: "gap", bounds };
    }
    return {
      kind: "entries",
      entries: rows.flatMap((each) => each.id === null ? [] : entryOf(each)),
    };
  }

  async #create(stream: string): Promise<void> {
    await this.#retry("create the stream", () =>
      this.#sql`
        insert into streams (name, epoch) values (${stream}, ${newEpoch()}) on conflict do nothing`);
  }

  #retry<T>(what: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const guarded = () => this.#closed ? Promise.reject(closedError()) : operation();
    const options = { what, isTransient, budgetMs: this.#retryBudgetMs };
    return retry(guarded, signal ? { ...options, signal } : options);
  }
}

function boundsOf(row: BoundsRow): Bounds {
  const last = row.last !== null && row.last > row.floor ? row.last : row.floor;
  return {
    epoch: row.epoch,
    floor: String(row.floor),
    first: row.first === null ? null : String(row.first),
    last: String(last),
  };
}

function entryOf({ id, type, data }: EntryRow): Entry {
  return { id: String(id), type, data };
}

function isTransient(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  // The pool's owner ended it: it won't come back.
  if (code === "CONNECTION_ENDED") return false;
  return isConnectionError(error) || (typeof code === "string" && TRANSIENT_STATES.has(code));
}

function newEpoch(): string {
  return crypto.randomUUID();
}

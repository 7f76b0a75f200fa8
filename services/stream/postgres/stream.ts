/**
 * The stream on PostgreSQL tables (`migrations/0005_stream.sql`): the default without Redis.
 * @module
 */
import { ping } from "../../db/mod.ts";
import { Batchers } from "../batcher.ts";
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
import { closedError, messageOf, within } from "../retry.ts";
import { checkedLimit, checkEntries } from "../rules.ts";
import { Groups } from "./groups.ts";
import { boundsOf, type BoundsRow, entryOf, type EntryRow } from "./rows.ts";
import { type PostgresStreamOptions, Session } from "./session.ts";

const CLOSE_PATIENCE_MS = 2_000;
const HIGHEST_ID = 2n ** 63n - 1n;

/** @see Stream */
export class PostgresStream implements Stream {
  readonly #session: Session;
  readonly #groups: Groups;
  readonly #batchers = new Batchers((stream) => this.#makeFlush(stream));

  constructor(options: PostgresStreamOptions) {
    this.#session = new Session(options);
    this.#groups = new Groups(this.#session);
  }

  append(stream: string, entries: readonly NewEntry[]): Promise<string[]> {
    checkEntries(entries);
    if (this.#session.closed) return Promise.reject(closedError());
    return this.#batchers.add(stream, entries);
  }

  async bounds(stream: string): Promise<Bounds> {
    for (;;) {
      const [row] = await this.#session.retry(
        "read the stream",
        () =>
          this.#session.sql<BoundsRow[]>`
          select s.epoch, s.floor_id as floor,
            (select min(e.id) from stream_entries e where e.stream = s.name) as first,
            (select max(e.id) from stream_entries e where e.stream = s.name) as last
          from streams s where s.name = ${stream}`,
      );
      if (row) return boundsOf(row);
      await this.#create(stream);
    }
  }

  async range(stream: string, options: RangeOptions = {}): Promise<Entry[]> {
    const after = options.after === undefined ? -1n : BigInt(options.after);
    const through = options.through === undefined ? HIGHEST_ID : BigInt(options.through);
    const limit = checkedLimit(options.limit);
    const { newest = false } = options;
    const rows = await this.#session.retry("list the stream", () =>
      this.#session.sql<EntryRow[]>`
        select id, type, data from stream_entries
        where stream = ${stream} and id > ${after} and id <= ${through}
        order by id ${newest ? this.#session.sql`desc` : this.#session.sql`asc`} limit ${limit}`);
    const found = rows.map(entryOf);
    return newest ? found.reverse() : found;
  }

  async read(stream: string, position: Position, options: ReadOptions = {}): Promise<Reading> {
    const { blockMs = 0, signal } = options;
    const limit = checkedLimit(options.limit);
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const mark = blockMs > 0 ? await this.#session.wakeups.mark(stream) : 0;
      const reading = await this.#readOnce(stream, position, limit, signal);
      const left = until - performance.now();
      if (reading.kind === "gap" || reading.entries.length > 0 || left <= 0) return reading;
      await this.#session.wakeups.wait(stream, mark, left, signal);
    }
  }

  createGroup(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    return this.#groups.create(stream, group, from);
  }

  removeGroup(stream: string, group: string): Promise<boolean> {
    return this.#groups.remove(stream, group);
  }

  groups(stream: string): Promise<GroupState[]> {
    return this.#groups.list(stream);
  }

  readGroup(
    stream: string,
    group: string,
    consumer: string,
    options?: ReadOptions,
  ): Promise<Entry[]> {
    return this.#groups.read(stream, group, consumer, options);
  }

  ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    return this.#groups.ack(stream, group, ids);
  }

  claim(stream: string, group: string, consumer: string, options: ClaimOptions): Promise<Entry[]> {
    return this.#groups.claim(stream, group, consumer, options);
  }

  async trimConsumed(stream: string): Promise<number> {
    const [row] = await this.#session.retry(
      "trim the stream",
      () =>
        this.#session.sql<{ removed: bigint | null }[]>`
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
    const [row] = await this.#session.retry(
      "trim the stream",
      () =>
        this.#session.sql<{ removed: bigint }[]>`
        select stream_trim(${stream}, stream_now() - ${age}::bigint) as removed`,
    );
    return Number(row?.removed ?? 0n);
  }

  async reset(stream: string): Promise<void> {
    await this.#session.retry("reset the stream", () =>
      this.#session.sql.begin(async (tx) => {
        await tx`delete from stream_groups where stream = ${stream}`;
        await tx`select stream_trim(${stream}, ${HIGHEST_ID})`;
        await tx`
          insert into streams (name, epoch) values (${stream}, ${newEpoch()})
          on conflict (name) do update set epoch = excluded.epoch`;
      }));
  }

  async health(): Promise<StreamHealth> {
    const started = performance.now();
    const driver = "postgres";
    try {
      return { ok: true, driver, latencyMs: await ping(this.#session.sql) };
    } catch (error) {
      const latencyMs = performance.now() - started;
      return { ok: false, driver, latencyMs, message: messageOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#session.close();
    await within(this.#batchers.idle(), CLOSE_PATIENCE_MS);
  }

  #makeFlush(stream: string): (batch: readonly NewEntry[]) => Promise<string[]> {
    let known = { epoch: "", id: 0n };
    return async (batch) => {
      const id = crypto.randomUUID();
      const types = batch.map((entry) => entry.type);
      const data = batch.map((entry) => entry.data);
      const append = () =>
        this.#session.sql<{ epoch: string; firstId: bigint }[]>`
          select epoch, first_id as "firstId" from stream_append(${stream}, ${newEpoch()}, ${id},
            ${known.epoch}, ${known.id}, ${types}::text[], ${data}::text[])`;
      const [row] = await this.#session.finish("append to the stream", append);
      if (!row) throw new TypeError("stream_append returned no row");
      known = { epoch: row.epoch, id: row.firstId + BigInt(batch.length - 1) };
      return batch.map((_, index) => String(row.firstId + BigInt(index)));
    };
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
    const rows = await this.#session.retry(
      "read the stream",
      () =>
        this.#session.sql<(BoundsRow & (EntryRow | Record<keyof EntryRow, null>))[]>`
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
    await this.#session.retry("create the stream", () =>
      this.#session.sql`
        insert into streams (name, epoch) values (${stream}, ${newEpoch()}) on conflict do nothing`);
  }
}

function newEpoch(): string {
  return crypto.randomUUID();
}

/**
 * Consumer groups on tables: `stream_groups` and what their consumers hold, `stream_pending`.
 * @module
 */
import type { ClaimOptions, Entry, GroupState, ReadOptions } from "../model.ts";
import { checkedLimit } from "../rules.ts";
import { entryOf, type EntryRow } from "./rows.ts";
import type { Session } from "./session.ts";

/** @see Stream for what each does */
export class Groups {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async create(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    const made = await this.#session.retry("create the group", () =>
      this.#session.sql`
        insert into stream_groups (stream, name, last_id) values (${stream}, ${group},
          case when ${from === "first"} then 0 else stream_last(${stream}) end)
        on conflict do nothing`);
    return made.count === 1;
  }

  async remove(stream: string, group: string): Promise<boolean> {
    const removed = await this.#session.retry(
      "remove the group",
      () =>
        this.#session.sql`delete from stream_groups where stream = ${stream} and name = ${group}`,
    );
    return removed.count === 1;
  }

  async list(stream: string): Promise<GroupState[]> {
    const rows = await this.#session.retry(
      "list the groups",
      () =>
        this.#session.sql<{ name: string; last: bigint; pending: bigint; oldest: bigint | null }[]>`
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

  async read(
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
      const mark = blockMs > 0 ? await this.#session.wakeups.mark(stream) : 0;
      const rows = await this.#session.retry("read the group", () =>
        this.#session.sql<EntryRow[]>`
          select id, type, data
          from stream_read_group(${stream}, ${group}, ${consumer}, ${limit})`, signal);
      const left = until - performance.now();
      if (rows.length > 0 || left <= 0) return rows.map(entryOf);
      await this.#session.wakeups.wait(stream, mark, left, signal);
    }
  }

  async ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const done = await this.#session.retry("acknowledge entries", () =>
      this.#session.sql`
        delete from stream_pending
        where stream = ${stream} and group_name = ${group}
          and entry_id = any(${ids}::bigint[])`);
    return done.count;
  }

  async claim(
    stream: string,
    group: string,
    consumer: string,
    { idleMs, limit }: ClaimOptions,
  ): Promise<Entry[]> {
    const wanted = checkedLimit(limit);
    const rows = await this.#session.retry("claim entries", () =>
      this.#session.sql<EntryRow[]>`
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
}

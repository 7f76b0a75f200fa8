/**
 * The processes of the installation, each telling of itself every second or two: processor, memory,
 * event-loop lag, and the roles that it runs.
 * @module
 */
import type { Sql } from "../db/mod.ts";

/** One worker of a process, as its supervisor has it. */
export interface WorkerReport {
  /** Role and number, such as `ingest 0`. */
  readonly name: string;
  readonly state: "up" | "down";
  /** RFC 3339. */
  readonly since: string;
  readonly lastError: string | null;
  readonly restarts: number;
  /** The most that its timers were late in the last second, in milliseconds. */
  readonly lagMs: number;
}

/** What a process tells of itself. */
export interface ProcessReport {
  /** RFC 3339. */
  readonly startedAt: string;
  /** Share of one processor since the report before, 0 to the number of processors. */
  readonly cpu: number;
  /** Resident set size, in bytes. */
  readonly rssBytes: number;
  /** Of the main thread's heap, in bytes. */
  readonly heapUsedBytes: number;
  /** The most that the main thread's timers were late since the report before, in milliseconds. */
  readonly lagMs: number;
  /** Clients of `/events` and `/ws`; null in a process without a web part. */
  readonly liveClients: number | null;
  readonly workers: readonly WorkerReport[];
}

/** A process that told of itself lately. */
export interface ProcessState extends ProcessReport {
  readonly id: string;
  readonly seenAt: Date;
}

/** A process that was silent for longer is no longer shown, in seconds. */
export const PROCESS_GONE_SECONDS = 15;

/** Stores what a process tells of itself. */
export async function saveProcess(sql: Sql, id: string, report: ProcessReport): Promise<void> {
  await sql`
    insert into process_states (id, seen_at, data)
    values (${id}, clock_timestamp(), ${JSON.stringify(report)}::text::jsonb)
    on conflict (id) do update set seen_at = excluded.seen_at, data = excluded.data`;
}

/** Takes back what a process told, when it ends in good order. */
export async function forgetProcess(sql: Sql, id: string): Promise<void> {
  await sql`delete from process_states where id = ${id}`;
}

/** The processes that told of themselves within `PROCESS_GONE_SECONDS`, the oldest first. */
export async function listProcesses(sql: Sql): Promise<ProcessState[]> {
  const rows = await sql<{ id: string; seenAt: Date; data: ProcessReport }[]>`
    select id, seen_at as "seenAt", data from process_states
    where seen_at > clock_timestamp() - make_interval(secs => ${PROCESS_GONE_SECONDS})
    order by data->>'startedAt', id`;
  return rows.map(({ id, seenAt, data }) => ({ id, seenAt, ...data }));
}

/** Forgets processes that died without a word. */
export async function pruneProcesses(sql: Sql): Promise<void> {
  await sql`delete from process_states where seen_at < clock_timestamp() - interval '10 minutes'`;
}

/**
 * Figures that have become too old; days are kept for ever.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { HOURS_KEPT_DAYS, MINUTES_KEPT_DAYS } from "./history_window.ts";
import { pruneProcesses } from "./processes.ts";

const DAY_MS = 86_400_000;

/** Rows that one statement removes at most, so that none takes long; the rest is for the next. */
const BATCH = 50_000;

/** Removes what is past its time; every minute, it finds little. */
export async function pruneFigures(sql: Sql, now: Date): Promise<void> {
  const minutes = new Date(now.getTime() - MINUTES_KEPT_DAYS * DAY_MS);
  const hours = new Date(now.getTime() - HOURS_KEPT_DAYS * DAY_MS);
  await sql`
    delete from metric_minute where ctid = any(array(
      select ctid from metric_minute where minute < ${minutes} limit ${BATCH}))`;
  await sql`
    delete from metric_hour where ctid = any(array(
      select ctid from metric_hour where hour < ${hours} limit ${BATCH}))`;
  // With the sources named, the primary key finds them.
  await sql`
    delete from metric_measured
    where source in ('figures', 'gateway', 'jcli') and minute < ${hours}`;
  await pruneProcesses(sql);
}

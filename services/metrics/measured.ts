/**
 * When somebody measured: charts show a time without measurement as a gap, never as 0.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";

/**
 * Who measures: `figures` folds counts each second, `gateway` reads the gateway's own counters,
 * `jcli` sees the connectors' states.
 */
export type MeasureSource = "figures" | "gateway" | "jcli";

/** Notes that the second before `at` was measured by these; once a second. */
export async function markMeasured(
  sql: Sql | Tx,
  sources: readonly MeasureSource[],
  at: Date,
): Promise<void> {
  if (sources.length === 0) return;
  await sql`
    insert into metric_measured as m (source, minute, seconds)
    select source, date_trunc('minute', ${at}::timestamptz), 1
    from unnest(${[...sources]}::text[]) as source
    on conflict (source, minute) do update set seconds = least(60, m.seconds + 1)`;
}

/** The minutes of a time that a source knows, as the starts of those minutes in milliseconds. */
export async function measuredMinutes(
  sql: Sql | Tx,
  source: MeasureSource,
  from: Date,
  to: Date,
): Promise<ReadonlySet<number>> {
  const rows = await sql<{ minute: Date }[]>`
    select minute from metric_measured
    where source = ${source} and minute >= ${from} and minute < ${to}`;
  return new Set(rows.map(({ minute }) => minute.getTime()));
}

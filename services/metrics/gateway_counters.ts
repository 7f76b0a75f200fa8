/**
 * What the gateway's own counters say happened between two looks: all of its traffic, whichever
 * program sent it.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { type MetricDelta, minuteOf, writeDeltas } from "../messages/mod.ts";
import { markMeasured } from "./measured.ts";
import { GATEWAY_ACCOUNT } from "./tally.ts";

/** Counters of one connector since the gateway started (`smppc_*` of its `/metrics`). */
export interface ConnectorCounters {
  readonly cid: string;
  readonly submit: number;
  readonly deliver: number;
  readonly throttled: number;
  readonly errors: number;
}

const MEASURES = ["submit", "deliver", "throttled", "errors"] as const;

/** What came since: a counter that fell was started from nothing by a restart of the gateway. */
export function increase(before: number | undefined, now: number): number {
  if (before === undefined) return 0;
  return now >= before ? now - before : now;
}

const MINUTE_MS = 60_000;

/** Into how many minutes a time without a look is divided, at most. */
const MOST_PIECES = 60;

/**
 * The minutes over which a growth since the last look is spread, evenly, and how much each gets: what
 * passed while nobody looked must not seem to have passed in one minute. The sum is kept; in a chart
 * those minutes stay a gap. Without a last look, or with a fresh one, it is the present minute.
 */
export function spread(
  value: number,
  lastLook: Date | null,
  now: Date,
): { readonly minute: Date; readonly value: number }[] {
  const present = minuteOf(now).getTime();
  const next = lastLook === null ? present : minuteOf(lastLook).getTime() + MINUTE_MS;
  const first = Math.min(next, present);
  const minutes = (present - first) / MINUTE_MS + 1;
  const pieces = Math.min(minutes, MOST_PIECES, Math.max(1, value));
  return Array.from({ length: pieces }, (_, piece) => {
    const step = pieces === 1 ? minutes - 1 : Math.floor(piece * (minutes - 1) / (pieces - 1));
    const share = Math.floor(value * (piece + 1) / pieces) - Math.floor(value * piece / pieces);
    return { minute: new Date(first + step * MINUTE_MS), value: share };
  }).filter((each) => each.value > 0);
}

/** Stores the counters and leaves what came since the last look as deltas, in one transaction. */
export async function recordCounters(
  sql: Sql,
  gateway: string,
  seen: readonly ConnectorCounters[],
): Promise<void> {
  const at = new Date();
  if (seen.length === 0) return await markMeasured(sql, ["gateway"], at);
  await sql.begin(async (tx) => {
    const rows = await tx<{ cid: string; counters: Omit<ConnectorCounters, "cid"> }[]>`
      select cid, counters from gateway_counters where gateway = ${gateway} order by cid for update`;
    const before = new Map(rows.map((row) => [row.cid, row.counters]));
    const [look] = await tx<{ last: Date | null }[]>`
      select max(minute) as last from metric_measured where source = 'gateway'`;
    const deltas: MetricDelta[] = seen.flatMap((now) => {
      const last = before.get(now.cid);
      return MEASURES.flatMap((measure) =>
        spread(increase(last?.[measure], now[measure]), look?.last ?? null, at).map((piece) => ({
          ...piece,
          accountId: GATEWAY_ACCOUNT,
          connector: now.cid,
          measure: `gateway_${measure}`,
        }))
      );
    });
    await markMeasured(tx, ["gateway"], at);
    await writeDeltas(tx, deltas);
    const changed = seen.filter((now) => {
      const last = before.get(now.cid);
      return last === undefined || MEASURES.some((measure) => last[measure] !== now[measure]);
    });
    if (changed.length === 0) return;
    await tx`
      insert into gateway_counters (gateway, cid, counters, at)
      select ${gateway}, cid, counters, clock_timestamp()
      from json_to_recordset(${
      tx.json(changed.map(({ cid, ...counters }) => ({ cid, counters })))
    }::json) as c(cid text, counters jsonb)
      on conflict (gateway, cid) do update set counters = excluded.counters, at = excluded.at`;
  });
}

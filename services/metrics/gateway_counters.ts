/**
 * What the gateway's own counters say happened between two looks: all of its traffic, whichever
 * program sent it.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { type MetricDelta, minuteOf, writeDeltas } from "../messages/mod.ts";
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

/** Stores the counters and leaves what came since the last look as deltas, in one transaction. */
export async function recordCounters(
  sql: Sql,
  gateway: string,
  seen: readonly ConnectorCounters[],
): Promise<void> {
  if (seen.length === 0) return;
  await sql.begin(async (tx) => {
    const rows = await tx<{ cid: string; counters: Omit<ConnectorCounters, "cid"> }[]>`
      select cid, counters from gateway_counters where gateway = ${gateway} order by cid for update`;
    const before = new Map(rows.map((row) => [row.cid, row.counters]));
    const minute = minuteOf(new Date());
    const deltas: MetricDelta[] = seen.flatMap((now) => {
      const last = before.get(now.cid);
      return MEASURES
        .map((measure) => ({
          minute,
          accountId: GATEWAY_ACCOUNT,
          connector: now.cid,
          measure: `gateway_${measure}`,
          value: increase(last?.[measure], now[measure]),
        }))
        .filter((delta) => delta.value > 0);
    });
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

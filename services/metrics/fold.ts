/**
 * Deltas become minutes: the counts that transactions left are added to `metric_minute` and
 * deleted in one statement, so each counts exactly once.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";

/** The sum of what was folded of one minute, account, connector and measure. */
export interface FoldedCount {
  readonly minute: Date;
  readonly accountId: string;
  readonly connector: string;
  readonly measure: string;
  readonly value: bigint;
}

/** Folds up to `limit` deltas; answers with their sums. An empty answer: nothing was left. */
export async function foldDeltas(sql: Sql, limit = 20_000): Promise<FoldedCount[]> {
  return await sql<FoldedCount[]>`
    with taken as (
      delete from metric_deltas where id = any(array(
        select id from metric_deltas order by id limit ${limit} for update skip locked
      )) returning minute, account_id, connector, measure, value
    ), sums as (
      select minute, account_id, connector, measure, sum(value)::bigint as value
      from taken group by minute, account_id, connector, measure
    ), added as (
      insert into metric_minute (minute, account_id, connector, measure, value)
      select minute, account_id, connector, measure, value from sums
      on conflict (minute, account_id, connector, measure)
        do update set value = metric_minute.value + excluded.value
    )
    select minute, account_id as "accountId", connector, measure, value from sums`;
}

/** The counts of the day so far, as folded; `since` is the start of the day. */
export async function loadCounts(sql: Sql | Tx, since: Date): Promise<FoldedCount[]> {
  return await sql<FoldedCount[]>`
    select ${since}::timestamptz as minute, account_id as "accountId", connector, measure,
      sum(value)::bigint as value
    from metric_minute where minute >= ${since} and measure not like 'gauge%'
    group by account_id, connector, measure`;
}

/** Messages in each level, less what is counted in deltas that were not folded yet. */
export async function loadGauges(
  sql: Sql,
): Promise<readonly { accountId: string; measure: string; value: bigint }[]> {
  return await sql.begin("isolation level repeatable read read only", async (tx) => {
    return await tx<{ accountId: string; measure: string; value: bigint }[]>`
      select account_id as "accountId", measure, sum(value)::bigint as value from (
        select account_id,
          'gauge_' || case when state in ('queued', 'sending') then 'waiting' else state end
            as measure,
          count(*) as value
        from messages where state in ('queued', 'sending', 'accepted', 'sent', 'uncertain')
        group by 1, 2
        union all
        select account_id, measure, -sum(value) from metric_deltas
        where measure like 'gauge%' group by 1, 2
      ) levels group by 1, 2`;
  });
}

/**
 * Deltas become minutes, hours and days: the counts that transactions left are added to all three
 * and deleted in one statement, so each counts exactly once in each, however late it is folded.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import { ALL_CONNECTORS, GATEWAY_ACCOUNT } from "./tally.ts";
import { timeZone } from "./day.ts";

/** The sum of what was folded of one minute, account, connector and measure. */
export interface FoldedCount {
  readonly minute: Date;
  readonly accountId: string;
  readonly connector: string;
  readonly measure: string;
  readonly value: bigint;
}

/**
 * Folds up to `limit` deltas; answers with their sums. An empty answer: nothing was left.
 *
 * Each account's counts are added to the installation's too (the account of zeros), by connector and
 * for all of them, so that a chart of everything reads as few rows as that of one account. Levels (`gauge_*`) stay in minutes: the
 * sum of their changes over an hour means nothing. Rows are taken in order, for two may fold at once
 * while a lease changes hands.
 */
export async function foldDeltas(sql: Sql, limit = 20_000): Promise<FoldedCount[]> {
  return await sql<FoldedCount[]>`
    with taken as (
      delete from metric_deltas where id = any(array(
        select id from metric_deltas order by id limit ${limit} for update skip locked
      )) returning minute, account_id, connector, measure, value
    ), sums as (
      select minute, account_id, connector, measure, sum(value)::bigint as value
      from taken group by minute, account_id, connector, measure
    ), rows as (
      select * from sums
      union all
      select minute, ${GATEWAY_ACCOUNT}::uuid, connector, measure, sum(value)::bigint
      from sums where account_id <> ${GATEWAY_ACCOUNT} and measure not like 'gauge\\_%'
      group by minute, connector, measure
      union all
      select minute, ${GATEWAY_ACCOUNT}::uuid, ${ALL_CONNECTORS}, measure, sum(value)::bigint
      from sums where measure not like 'gauge\\_%'
      group by minute, measure
    ), minutes as (
      insert into metric_minute (minute, account_id, connector, measure, value)
      select minute, account_id, connector, measure, value from rows order by 1, 2, 3, 4
      on conflict (account_id, minute, connector, measure)
        do update set value = metric_minute.value + excluded.value
    ), hours as (
      insert into metric_hour (hour, account_id, connector, measure, value)
      select date_trunc('hour', minute, 'UTC'), account_id, connector, measure, sum(value)
      from rows where measure not like 'gauge\\_%' group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (account_id, hour, connector, measure)
        do update set value = metric_hour.value + excluded.value
    ), days as (
      insert into metric_day (day, account_id, connector, measure, value)
      select date_trunc('day', minute, ${timeZone()}),
        account_id, connector, measure, sum(value)
      from rows where measure not like 'gauge\\_%' group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (account_id, day, connector, measure)
        do update set value = metric_day.value + excluded.value
    ), known as (
      insert into metric_measured (source, minute, seconds)
      select distinct 'figures', minute, 0 from sums where account_id <> ${GATEWAY_ACCOUNT}
      order by minute on conflict (source, minute) do nothing
    )
    select minute, account_id as "accountId", connector, measure, value from sums`;
}

/** The counts of the day so far, as folded; `since` is the start of the day. */
export async function loadCounts(sql: Sql | Tx, since: Date): Promise<FoldedCount[]> {
  return await sql<FoldedCount[]>`
    select day as minute, account_id as "accountId", connector, measure, value
    from metric_day
    where day = ${since} and (account_id <> ${GATEWAY_ACCOUNT}
      or (measure like 'gateway\\_%' and connector <> ${ALL_CONNECTORS}))`;
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

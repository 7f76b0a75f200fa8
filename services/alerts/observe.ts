/**
 * What the rules look at, read from PostgreSQL.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import type { ClosedMessages, UnboundConnector } from "./rules.ts";

/**
 * Started connectors that aren't bound, and when each left the bound state: the first change after
 * the last time that it was bound, unless somebody stopped it in between.
 */
export async function unboundConnectors(sql: Sql): Promise<UnboundConnector[]> {
  return await sql<UnboundConnector[]>`
    select c.cid, c.state, c.since, c.last_error as "lastError",
      case when turn.to_state = 'bound' then lost.at end as "lostAt"
    from connectors c
    left join lateral (
      select id, to_state from connector_events e
      where e.gateway = c.gateway and e.cid = c.cid
        and e.to_state in ('bound', 'stopped', 'removed')
      order by at desc, id desc limit 1
    ) turn on true
    left join lateral (
      select at from connector_events e
      where e.gateway = c.gateway and e.cid = c.cid and e.id > turn.id
      order by id limit 1
    ) lost on true
    where c.removed_at is null and c.state in ('down', 'binding')`;
}

/** What of the last quarter of an hour was closed: the installation's counts, of all connectors. */
export async function closedMessages(sql: Sql): Promise<ClosedMessages> {
  const [row] = await sql<{ delivered: number; failed: number; at: Date }[]>`
    select clock_timestamp() as at,
      coalesce(sum(value) filter (where measure = 'delivered'), 0)::float8 as delivered,
      coalesce(sum(value) filter (where measure <> 'delivered'), 0)::float8 as failed
    from metric_minute
    where account_id = '00000000-0000-0000-0000-000000000000' and connector = '*'
      and minute >= clock_timestamp() - interval '15 minutes'
      and measure in ('delivered', 'undelivered', 'expired', 'rejected', 'failed')`;
  return row ?? { delivered: 0, failed: 0, at: new Date() };
}

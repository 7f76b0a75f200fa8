/**
 * The machines' side: processes, connections, throughput of the minute and the hour.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { listProcesses, type ProcessState } from "./processes.ts";
import { listServices, type ServiceLine } from "./services.ts";
import { ALL_CONNECTORS, GATEWAY_ACCOUNT } from "./tally.ts";

/** Connections to the database. */
export interface DatabaseConnections {
  readonly active: number;
  readonly idle: number;
  readonly max: number;
  /** Of all databases of the server. */
  readonly total: number;
}

/** Everything at once. */
export interface SystemMetrics {
  readonly at: Date;
  readonly processes: readonly ProcessState[];
  readonly services: readonly ServiceLine[];
  readonly database: DatabaseConnections;
  /** Messages of the last whole minute and of the 60 last whole minutes. */
  readonly throughput: {
    readonly submittedLastMinute: number;
    readonly submittedLastHour: number;
    readonly deliveredLastMinute: number;
    readonly deliveredLastHour: number;
  };
}

async function connections(sql: Sql): Promise<DatabaseConnections> {
  const [row] = await sql<DatabaseConnections[]>`
    select count(*) filter (where state = 'active' and datname = current_database())::int as active,
      count(*) filter (where state like 'idle%' and datname = current_database())::int as idle,
      count(*)::int as total, current_setting('max_connections')::int as max
    from pg_stat_activity where backend_type = 'client backend'`;
  return row ?? { active: 0, idle: 0, max: 0, total: 0 };
}

async function throughput(sql: Sql): Promise<SystemMetrics["throughput"]> {
  const [row] = await sql<SystemMetrics["throughput"][]>`
    select
      coalesce(sum(value) filter (where measure = 'submitted' and minute >= last), 0)::float8
        as "submittedLastMinute",
      coalesce(sum(value) filter (where measure = 'submitted'), 0)::float8 as "submittedLastHour",
      coalesce(sum(value) filter (where measure = 'delivered' and minute >= last), 0)::float8
        as "deliveredLastMinute",
      coalesce(sum(value) filter (where measure = 'delivered'), 0)::float8 as "deliveredLastHour"
    from metric_minute, (
      select date_trunc('minute', clock_timestamp()) - interval '1 minute' as last
    ) clock
    where account_id = ${GATEWAY_ACCOUNT} and connector = ${ALL_CONNECTORS} and measure in ('submitted', 'delivered')
      and minute > last - interval '1 hour' and minute <= last`;
  return row ?? {
    submittedLastMinute: 0,
    submittedLastHour: 0,
    deliveredLastMinute: 0,
    deliveredLastHour: 0,
  };
}

/** Looks at everything at once. Five queries. */
export async function readSystem(sql: Sql): Promise<SystemMetrics> {
  const [processes, services, database, through] = await Promise.all([
    listProcesses(sql),
    listServices(sql),
    connections(sql),
    throughput(sql),
  ]);
  return { at: new Date(), processes, services, database, throughput: through };
}

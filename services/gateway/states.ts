/**
 * Present state of what the roles watch (`jcli`, `gateway-http`), with since-when, kept in
 * PostgreSQL so that every node and screen tells the same.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";

/** A watched dependency. */
export interface ServiceState {
  readonly name: string;
  /** `unknown`: its watcher has not told for `STALE_SECONDS`. */
  readonly state: "up" | "down" | "unknown";
  readonly since: Date;
  readonly seenAt: Date;
  /** Why it is down; while it is up, how it is. */
  readonly detail: string | null;
  /** Why it was last down; stays when it is up again. */
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
}

/** A watcher tells every second; silence for longer means that nobody watches. */
export const STALE_SECONDS = 10;

/** Stores what was seen; answers whether the state changed. */
export async function saveServiceState(
  sql: Sql,
  name: string,
  state: "up" | "down",
  detail: string | null,
): Promise<boolean> {
  const [row] = await sql<{ changed: boolean }[]>`
    with before as (select state from service_states where name = ${name})
    insert into service_states as s (name, state, since, seen_at, detail, last_error, last_error_at)
    values (${name}, ${state}, clock_timestamp(), clock_timestamp(), ${detail},
      ${state === "down" ? detail : null},
      ${state === "down" ? sql`clock_timestamp()` : null})
    on conflict (name) do update set state = excluded.state, seen_at = excluded.seen_at,
      detail = excluded.detail,
      since = case when s.state = excluded.state then s.since else excluded.since end,
      last_error = coalesce(excluded.last_error, s.last_error),
      last_error_at = coalesce(excluded.last_error_at, s.last_error_at)
    returning coalesce((select before.state from before), '') <> ${state} as changed`;
  return row?.changed ?? true;
}

/** All watched dependencies; one whose watcher is silent is unknown. */
export async function listServiceStates(sql: Sql | Tx): Promise<ServiceState[]> {
  return await sql<ServiceState[]>`
    select name, since, seen_at as "seenAt", detail, last_error as "lastError",
      last_error_at as "lastErrorAt",
      case when seen_at < clock_timestamp() - make_interval(secs => ${STALE_SECONDS})
        then 'unknown' else state end as state
    from service_states order by name`;
}

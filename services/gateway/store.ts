/**
 * What the gateway was last seen to have, kept so that screens and the API read it from PostgreSQL
 * and every change of a connector's state has a row.
 * @module
 */
import { v7 } from "uuid";
import type { Sql, Tx } from "../db/mod.ts";
import { leaveEntries, type NewEntry } from "../stream/mod.ts";
import type { ConnectorConfig } from "./model.ts";

/** A connector's state in one word, from its service and session status. */
export type ConnectorState = "bound" | "binding" | "down" | "stopped";

/** A row of `smppccm -l`. */
export interface SeenConnector {
  readonly cid: string;
  readonly service: "started" | "stopped";
  readonly session: string;
  readonly starts: number;
  readonly stops: number;
}

/** A connector as last seen. */
export interface Connector {
  readonly gateway: string;
  readonly cid: string;
  readonly state: ConnectorState;
  readonly service: "started" | "stopped";
  readonly session: string;
  readonly since: Date;
  readonly starts: bigint;
  readonly stops: bigint;
  /** Its keys as `smppccm -s` shows them, the password cut out. */
  readonly config: Partial<ConnectorConfig>;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  readonly seenAt: Date;
}

/** A change of a connector's state; `to` is `removed` when it is gone from the gateway. */
export interface ConnectorChange {
  readonly id: string;
  readonly gateway: string;
  readonly cid: string;
  readonly from: ConnectorState | null;
  readonly to: ConnectorState | "removed";
  readonly session: string;
  readonly at: Date;
}

/** `smppccm -l` in one word: a started connector without a session is down, not stopped. */
export function connectorState(service: "started" | "stopped", session: string): ConnectorState {
  if (service === "stopped") return "stopped";
  if (session.startsWith("BOUND_")) return "bound";
  if (session === "OPEN" || session.startsWith("BIND_")) return "binding";
  return "down";
}

interface KnownRow {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly removed: boolean;
}

/**
 * Stores what was seen; answers with the changes since the last time. What live screens are told of
 * them is left in the same transaction, for `tellOutbox`.
 */
export async function saveSeenConnectors(
  sql: Sql,
  gateway: string,
  seen: readonly SeenConnector[],
): Promise<ConnectorChange[]> {
  return await sql.begin(async (tx) => {
    const known = await tx<KnownRow[]>`
      select cid, state, removed_at is not null as removed from connectors
      where gateway = ${gateway} order by cid for update`;
    const before = new Map(known.filter((row) => !row.removed).map((row) => [row.cid, row.state]));
    const at = new Date();
    const changes: ConnectorChange[] = [];
    for (const connector of seen) {
      const from = before.get(connector.cid) ?? null;
      const to = connectorState(connector.service, connector.session);
      if (from !== to) {
        changes.push({
          id: v7(),
          gateway,
          cid: connector.cid,
          from,
          to,
          session: connector.session,
          at,
        });
      }
    }
    const present = new Set(seen.map((connector) => connector.cid));
    for (const [cid, from] of before) {
      if (!present.has(cid)) {
        changes.push({ id: v7(), gateway, cid, from, to: "removed", session: "NONE", at });
      }
    }
    await upsertConnectors(tx, gateway, seen, at);
    await removeConnectors(tx, changes);
    await writeChanges(tx, changes);
    return changes;
  });
}

async function upsertConnectors(
  tx: Tx,
  gateway: string,
  seen: readonly SeenConnector[],
  at: Date,
): Promise<void> {
  if (seen.length === 0) return;
  await tx`
    insert into connectors (gateway, cid, service, session, state, since, starts, stops, seen_at)
    select ${gateway}, cid, service, session, state, ${at}, starts, stops, ${at}
    from json_to_recordset(${
    tx.json(seen.map((connector) => ({
      ...connector,
      state: connectorState(connector.service, connector.session),
    })))
  }::json) as s(cid text, service text, session text, state text, starts bigint, stops bigint)
    on conflict (gateway, cid) do update set service = excluded.service,
      session = excluded.session, state = excluded.state, starts = excluded.starts,
      stops = excluded.stops, seen_at = excluded.seen_at, removed_at = null,
      since = case when connectors.state = excluded.state and connectors.removed_at is null
        then connectors.since else excluded.since end,
      last_error = case when excluded.state = 'down' and connectors.state <> 'down'
        then 'The session was lost (' || excluded.session || ')' else connectors.last_error end,
      last_error_at = case when excluded.state = 'down' and connectors.state <> 'down'
        then excluded.since else connectors.last_error_at end`;
}

async function removeConnectors(tx: Tx, changes: readonly ConnectorChange[]): Promise<void> {
  const gone = changes.filter((change) => change.to === "removed");
  if (gone.length === 0) return;
  await tx`
    update connectors set removed_at = clock_timestamp()
    where gateway = ${gone[0]?.gateway ?? ""} and cid = any(${
    gone.map((change) => change.cid)
  }::text[])`;
}

async function writeChanges(tx: Tx, changes: readonly ConnectorChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx`insert into connector_events ${
    tx(changes.map((change) => ({
      id: change.id,
      gateway: change.gateway,
      cid: change.cid,
      at: change.at,
      from_state: change.from,
      to_state: change.to,
      detail: change.session,
    })))
  }`;
  await leaveEntries(tx, changes.map(entryOf));
}

/** A change as it is told; `id` is the event's, for it may be told twice. */
function entryOf({ id, cid, from, to, session, at }: ConnectorChange): NewEntry {
  return {
    type: "connectors.state",
    data: JSON.stringify({ id, cid, state: to, previous_state: from, session, at }),
  };
}

/** Stores the keys of a connector; the password must have been cut out by the reader. */
export async function saveConnectorConfig(
  sql: Sql,
  gateway: string,
  cid: string,
  config: ConnectorConfig,
): Promise<void> {
  await sql`
    update connectors set config = ${JSON.stringify(config)}::text::jsonb
    where gateway = ${gateway} and cid = ${cid}`;
}

/** The connectors that the gateway has, worst first, then by cid. */
export async function listConnectors(sql: Sql | Tx): Promise<Connector[]> {
  return await sql<Connector[]>`
    select gateway, cid, state, service, session, since, starts, stops, config,
      last_error as "lastError", last_error_at as "lastErrorAt", seen_at as "seenAt"
    from connectors where removed_at is null
    order by array_position(array['down', 'binding', 'stopped', 'bound'], state), cid`;
}

/** One connector, or null. */
export async function findConnector(sql: Sql | Tx, cid: string): Promise<Connector | null> {
  const [row] = await sql<Connector[]>`
    select gateway, cid, state, service, session, since, starts, stops, config,
      last_error as "lastError", last_error_at as "lastErrorAt", seen_at as "seenAt"
    from connectors where removed_at is null and cid = ${cid}`;
  return row ?? null;
}

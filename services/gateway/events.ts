/**
 * Changes of connectors' states, as they were noted.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import type { ConnectorState } from "./store.ts";

/** One change; `from` is null when the connector appeared, `to` is `removed` when it went. */
export interface ConnectorEvent {
  /** Also names the live event that told of it. */
  readonly id: string;
  readonly gateway: string;
  readonly cid: string;
  readonly at: Date;
  readonly from: ConnectorState | null;
  readonly to: ConnectorState | "removed";
  /** The session as jcli says it. */
  readonly session: string | null;
}

/** The changes of one connector, or of all, newest first, by keyset. */
export async function listConnectorEvents(
  sql: Sql | Tx,
  filter: { readonly cid?: string },
  page: { readonly cursor?: string; readonly limit: number },
): Promise<{ readonly items: readonly ConnectorEvent[]; readonly nextCursor: string | null }> {
  const rows = await sql<ConnectorEvent[]>`
    select id, gateway, cid, at, from_state as "from", to_state as "to", detail as session
    from connector_events where true
    ${filter.cid === undefined ? sql`` : sql`and cid = ${filter.cid}`}
    ${page.cursor === undefined ? sql`` : sql`and id < ${page.cursor}`}
    order by id desc limit ${page.limit + 1}`;
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > page.limit && last !== undefined ? last.id : null };
}

/**
 * What happened last, of all kinds that an operator watches, newest first.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import { type Incident, listIncidents } from "../alerts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { type ConnectorEvent, listConnectorEvents } from "../gateway/mod.ts";

/** A connector changed its state, or an incident was raised, acknowledged or closed. */
export type LatestEvent =
  | { readonly kind: "connector"; readonly at: Date; readonly event: ConnectorEvent }
  | {
    readonly kind: "raised" | "acknowledged" | "closed";
    readonly at: Date;
    readonly incident: Incident;
  };

function eventsOf(incident: Incident): LatestEvent[] {
  const { raisedAt, acknowledgedAt, closedAt } = incident;
  const events: LatestEvent[] = [{ kind: "raised", at: raisedAt, incident }];
  if (acknowledgedAt !== null) events.push({ kind: "acknowledged", at: acknowledgedAt, incident });
  if (closedAt !== null) events.push({ kind: "closed", at: closedAt, incident });
  return events;
}

/** The latest events that a caller may see. @param connectors whether those of connectors too */
export async function latestEvents(
  sql: Sql,
  { scope, connectors }: { readonly scope: Scope; readonly connectors: boolean },
  limit: number,
): Promise<LatestEvent[]> {
  const [changes, incidents] = await Promise.all([
    connectors ? listConnectorEvents(sql, {}, { limit }) : { items: [] },
    listIncidents(sql, scope, {}, { limit }),
  ]);
  return [
    ...changes.items.map((event): LatestEvent => ({ kind: "connector", at: event.at, event })),
    ...incidents.items.flatMap(eventsOf),
  ].sort((left, right) => right.at.getTime() - left.at.getTime()).slice(0, limit);
}

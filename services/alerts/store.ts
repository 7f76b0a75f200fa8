/**
 * Incidents in PostgreSQL. Each change is one conditional statement with its live event in the same
 * transaction: whoever else tries the same finds it done, and it is told once.
 * @module
 */
import { v7 } from "uuid";
import { type Scope, scopeWhere } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { leaveEntries, type NewEntry } from "../stream/mod.ts";
import {
  type Condition,
  FLAP_MS,
  type Incident,
  type IncidentDetail,
  type IncidentKind,
  type Severity,
} from "./model.ts";

/** What can be told of an incident. */
export type IncidentEvent = "raised" | "closed" | "acknowledged";

const COLUMNS = (sql: Sql | Tx) =>
  sql`id, kind, subject, account_id as "accountId", severity, detail, opened_at as "openedAt",
    raised_at as "raisedAt", closed_at as "closedAt", acknowledged_at as "acknowledgedAt",
    acknowledged_by as "acknowledgedBy", flaps, revision`;

/** An incident as live screens and programs get it; moments in RFC 3339. */
export interface ShownIncident {
  readonly id: string;
  readonly revision: number;
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly account_id: string | null;
  readonly severity: Severity;
  readonly detail: IncidentDetail;
  readonly opened_at: string;
  readonly raised_at: string;
  readonly closed_at: string | null;
  readonly acknowledged_at: string | null;
  readonly acknowledged_by: string | null;
  readonly flaps: number;
}

export function showIncident(incident: Incident): ShownIncident {
  return {
    id: incident.id,
    revision: incident.revision,
    kind: incident.kind,
    subject: incident.subject,
    account_id: incident.accountId,
    severity: incident.severity,
    detail: incident.detail,
    opened_at: incident.openedAt.toISOString(),
    raised_at: incident.raisedAt.toISOString(),
    closed_at: incident.closedAt?.toISOString() ?? null,
    acknowledged_at: incident.acknowledgedAt?.toISOString() ?? null,
    acknowledged_by: incident.acknowledgedBy,
    flaps: incident.flaps,
  };
}

async function tell(
  tx: Tx,
  event: IncidentEvent,
  incidents: readonly Incident[],
): Promise<readonly Incident[]> {
  await leaveEntries(
    tx,
    incidents.map((incident): NewEntry => ({
      type: `alerts.${event}`,
      data: JSON.stringify(showIncident(incident)),
    })),
  );
  return incidents;
}

/** What lasts. */
export async function openIncidents(sql: Sql | Tx): Promise<Incident[]> {
  return await sql<Incident[]>`select ${COLUMNS(sql)} from incidents where closed_at is null`;
}

/**
 * Raises an incident for a condition, or opens the one again that was over less than `FLAP_MS` ago.
 * Null when there is an open one already.
 */
export async function raiseIncident(
  tx: Tx,
  condition: Condition,
  now: Date,
): Promise<Incident | null> {
  const { kind, subject, severity, since, detail } = condition;
  const recent = new Date(now.getTime() - FLAP_MS);
  const again = await tx<Incident[]>`
    update incidents set closed_at = null, flaps = flaps + 1, revision = revision + 1,
      raised_at = ${now}, severity = ${severity}, detail = ${tx.json(detail)}
    where id = (
      select id from incidents
      where kind = ${kind} and subject = ${subject} and closed_at > ${recent}
      order by closed_at desc limit 1
    ) and closed_at is not null and not exists (
      select from incidents where kind = ${kind} and subject = ${subject} and closed_at is null
    )
    returning ${COLUMNS(tx)}`;
  const raised = again.length > 0 ? again : await tx<Incident[]>`
    insert into incidents (id, kind, subject, severity, detail, opened_at, raised_at)
    values (${v7()}, ${kind}, ${subject}, ${severity}, ${tx.json(detail)}, ${since}, ${now})
    on conflict (kind, subject) where closed_at is null do nothing
    returning ${COLUMNS(tx)}`;
  const [incident] = await tell(tx, "raised", raised);
  return incident ?? null;
}

/** Closes an incident; null when it is over already. */
export async function closeIncident(tx: Tx, id: string, now: Date): Promise<Incident | null> {
  const closed = await tx<Incident[]>`
    update incidents set closed_at = ${now}, revision = revision + 1
    where id = ${id} and closed_at is null
    returning ${COLUMNS(tx)}`;
  const [incident] = await tell(tx, "closed", closed);
  return incident ?? null;
}

/** Notes who has seen it; null when somebody has already, or there is no such incident. */
export async function acknowledgeIncident(
  tx: Tx,
  scope: Scope,
  id: string,
  by: { readonly userId: string; readonly at: Date },
): Promise<Incident | null> {
  const acknowledged = await tx<Incident[]>`
    update incidents set acknowledged_at = ${by.at}, acknowledged_by = ${by.userId},
      revision = revision + 1
    where id = ${id} and acknowledged_at is null and ${scopeWhere(tx, scope)}
    returning ${COLUMNS(tx)}`;
  const [incident] = await tell(tx, "acknowledged", acknowledged);
  return incident ?? null;
}

/** One incident that the caller may see, or null. */
export async function findIncident(
  sql: Sql | Tx,
  scope: Scope,
  id: string,
): Promise<Incident | null> {
  const [row] = await sql<Incident[]>`
    select ${COLUMNS(sql)} from incidents where id = ${id} and ${scopeWhere(sql, scope)}`;
  return row ?? null;
}

/** What a list of incidents is narrowed to. */
export interface IncidentFilter {
  /** @default all */
  readonly state?: "active" | "closed";
  readonly kind?: IncidentKind;
  readonly subject?: string;
}

/** Incidents that the caller may see, newest first, by keyset. */
export async function listIncidents(
  sql: Sql | Tx,
  scope: Scope,
  filter: IncidentFilter,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<{ readonly items: readonly Incident[]; readonly nextCursor: string | null }> {
  const { state, kind, subject } = filter;
  const rows = await sql<Incident[]>`
    select ${COLUMNS(sql)} from incidents where ${scopeWhere(sql, scope)}
    ${state === undefined ? sql`` : sql`and (closed_at is null) = ${state === "active"}`}
    ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
    ${subject === undefined ? sql`` : sql`and subject = ${subject}`}
    ${page.cursor === undefined ? sql`` : sql`and id < ${page.cursor}`}
    order by id desc limit ${page.limit + 1}`;
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > page.limit && last ? last.id : null };
}

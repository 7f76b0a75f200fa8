/**
 * The dashboard's first picture, whole, for the server's HTML and for who comes after a gap.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import { type Incident, listIncidents } from "../alerts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { listMessages, listMoMessages, type Message, type MoMessage } from "../messages/mod.ts";
import { type ConnectorLine, listConnectorLines } from "./connectors.ts";
import { type LatestEvent, latestEvents } from "./events.ts";
import { type FiguresOf, type RecentSeconds, recentSeconds } from "./seconds.ts";
import { listServices, type ServiceLine } from "./services.ts";
import type { ConnectorSecond, TrafficSnapshot } from "./snapshot.ts";
import { GATEWAY_ACCOUNT } from "./tally.ts";

/** Who looks: what of it is shown. */
export interface DashboardViewer {
  readonly scope: Scope;
  /** The caller's own account: whose figures are shown to who doesn't see the installation. */
  readonly accountId: string;
  /** Whether connectors, services and the installation's figures are shown (`connectors:read`). */
  readonly seesInstallation: boolean;
  readonly seesMessages: boolean;
  readonly seesAlerts: boolean;
}

/** The latest figures; `at` is when they were taken. Null before the first. */
export type Figures = TrafficSnapshot & {
  readonly at: Date;
  readonly connectors?: Readonly<Record<string, ConnectorSecond>>;
};

/** A message of either way, for the list of the latest. */
export type LatestMessage =
  | { readonly way: "mt"; readonly at: Date; readonly message: Message }
  | { readonly way: "mo"; readonly at: Date; readonly message: MoMessage };

/** Everything that the dashboard shows at first. What the viewer may not see is empty. */
export interface Dashboard {
  readonly at: Date;
  readonly of: FiguresOf;
  readonly figures: Figures | null;
  readonly recent: RecentSeconds;
  readonly services: readonly ServiceLine[];
  readonly connectors: readonly ConnectorLine[];
  readonly alerts: readonly Incident[];
  readonly events: readonly LatestEvent[];
  readonly messages: readonly LatestMessage[];
}

const LATEST = 20;
const MOST_ALERTS = 100;

/** Whose figures a viewer sees first. */
export function figuresFor(
  { seesInstallation, accountId }: Pick<DashboardViewer, "seesInstallation" | "accountId">,
): FiguresOf {
  return seesInstallation ? { kind: "installation" } : { kind: "account", accountId };
}

/** The latest figures of an account or of the installation; null before the first. */
export async function readFigures(sql: Sql, of: FiguresOf): Promise<Figures | null> {
  const accountId = of.kind === "installation" ? GATEWAY_ACCOUNT : of.accountId;
  const [row] = await sql<{ at: Date; data: Omit<Figures, "at"> }[]>`
    select at, data from metric_snapshots where account_id = ${accountId}`;
  return row === undefined ? null : { ...row.data, at: row.at };
}

async function latestMessages(sql: Sql, scope: Scope): Promise<LatestMessage[]> {
  const [mt, mo] = await Promise.all([
    listMessages(sql, scope, {}, { limit: LATEST }),
    listMoMessages(sql, scope, { limit: LATEST }),
  ]);
  return [
    ...mt.items.map((message): LatestMessage => ({ way: "mt", at: message.createdAt, message })),
    ...mo.items.map((message): LatestMessage => ({ way: "mo", at: message.receivedAt, message })),
  ].sort((left, right) => right.at.getTime() - left.at.getTime()).slice(0, LATEST);
}

/** Reads it all at once. */
export async function readDashboard(
  sql: Sql,
  viewer: DashboardViewer,
  now: Date = new Date(),
): Promise<Dashboard> {
  const { scope, seesInstallation, seesAlerts, seesMessages } = viewer;
  const of = figuresFor(viewer);
  const [figures, recent, services, connectors, alerts, events, messages] = await Promise.all([
    readFigures(sql, of),
    recentSeconds(sql, of, now),
    seesInstallation ? listServices(sql) : [],
    seesInstallation ? listConnectorLines(sql, now) : [],
    seesAlerts
      ? listIncidents(sql, scope, { state: "active" }, { limit: MOST_ALERTS })
      : { items: [] },
    seesAlerts ? latestEvents(sql, { scope, connectors: seesInstallation }, LATEST) : [],
    seesMessages ? latestMessages(sql, scope) : [],
  ]);
  return {
    at: now,
    of,
    figures,
    recent,
    services,
    connectors,
    alerts: alerts.items,
    events,
    messages,
  };
}

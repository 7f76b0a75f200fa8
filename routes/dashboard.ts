/**
 * The dashboard's first picture, gathered for its page and for wall displays.
 * @module
 */
import type { Context } from "fresh";
import type { DashboardRead } from "../islands/dashboard_reader.ts";
import { RATE_SECONDS } from "../components/dashboard/seconds.ts";
import {
  alertHappening,
  type AlertNow,
  byUrgency,
  type ConnectorNow,
  type DashboardState,
  type Happening,
  type LatestMessage,
} from "../components/dashboard/state.ts";
import type { Incident } from "../services/alerts/mod.ts";
import { can } from "../services/auth/mod.ts";
import { spacedNumber } from "../services/i18n/mod.ts";
import type {
  ConnectorLine,
  Dashboard,
  LatestEvent,
  LatestMessage as Latest,
  Viewer,
} from "../services/metrics/mod.ts";
import type { State } from "./state.ts";

/** How many of the latest messages are shown. */
const MOST_MESSAGES = 10;

/** An incident with its moments in ms. */
export function alertNow(incident: Incident): AlertNow {
  const { id, revision, kind, subject, severity, detail } = incident;
  return {
    id,
    revision,
    kind,
    subject,
    severity,
    detail,
    openedAt: incident.openedAt.getTime(),
    raisedAt: incident.raisedAt.getTime(),
    closedAt: incident.closedAt?.getTime() ?? null,
    acknowledgedAt: incident.acknowledgedAt?.getTime() ?? null,
  };
}

function connectorNow(line: ConnectorLine, at: number): ConnectorNow {
  const { cid, state, session, since, lastError, limit, rates, lastHour } = line;
  return {
    cid,
    state,
    session,
    since: since.getTime(),
    lastError,
    limit,
    rates: rates === null ? [] : Array.from({ length: RATE_SECONDS }, () => rates.submit),
    throttledAt: line.throttledLastMinute > 0 ? at : null,
    turns: lastHour.runs.map((run) => ({
      at: run.from.getTime(),
      state: run.state === "absent" || run.state === "unknown" ? "gap" : run.state,
    })),
  };
}

function happeningOf(event: LatestEvent): Happening[] {
  switch (event.kind) {
    case "connector": {
      const { id, cid, from, to } = event.event;
      const at = event.at.getTime();
      return [{ id, at, kind: "connector", cid, state: to, before: from }];
    }
    case "raised":
    case "closed":
      return [alertHappening(event.kind, alertNow(event.incident))];
    case "acknowledged":
      return []; // it is said beside the alert
  }
}

function messageNow(latest: Latest): LatestMessage {
  const at = latest.at.getTime();
  if (latest.way === "mo") {
    const { id, sender, body } = latest.message;
    return { id, way: "mo", at, number: spacedNumber(sender), text: body, state: "received" };
  }
  const { id, recipient, body, state } = latest.message;
  return { id, way: "mt", at, number: spacedNumber(recipient), text: body, state };
}

function latestOf(latest: readonly Latest[]): LatestMessage[] {
  return latest.toSorted((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, MOST_MESSAGES).map(messageNow);
}

/** The latest messages that the viewer may see, for a dashboard that lives. */
export async function readMessages(
  { state: { services: { messages } } }: Pick<Context<State>, "state">,
  { scope }: Viewer,
): Promise<LatestMessage[]> {
  const limit = MOST_MESSAGES;
  const [mt, mo] = await Promise.all([
    messages.list(scope, {}, { limit }),
    messages.inbox(scope, { limit }),
  ]);
  return latestOf([
    ...mt.items.map((message): Latest => ({ way: "mt", at: message.createdAt, message })),
    ...mo.items.map((message): Latest => ({ way: "mo", at: message.receivedAt, message })),
  ]);
}

function stateOf(dashboard: Dashboard, last: Incident | undefined, viewer: Viewer): DashboardState {
  const { figures, of, recent, services } = dashboard;
  const at = dashboard.at.getTime();
  return {
    installation: of.kind === "installation",
    accountId: viewer.accountId,
    figures,
    traffic: {
      to: Math.floor(recent.to.getTime() / 1_000),
      mt: recent.series.submitted,
      mo: recent.series.received,
      failed: recent.series.failed,
      waiting: recent.series.waiting,
    },
    connectors: dashboard.connectors.map((line) => connectorNow(line, at)),
    services: services.map(({ name, state, since, lastError, lastErrorAt }) => ({
      name,
      state,
      since: since?.getTime() ?? null,
      lastError,
      lastErrorAt: lastErrorAt?.getTime() ?? null,
    })),
    alerts: dashboard.alerts.map(alertNow).sort(byUrgency),
    lastAlert: last === undefined ? null : alertNow(last),
    happenings: dashboard.events.flatMap(happeningOf),
    messages: latestOf(dashboard.messages),
  };
}

/** Reads all that the viewer's dashboard shows, and where its live stream goes on from. */
export async function readDashboard(
  { state: { services } }: Pick<Context<State>, "state">,
  viewer: Viewer,
): Promise<DashboardRead> {
  // First the position, then the state: what happens between comes twice rather than never.
  const position = services.hub.position ?? null;
  const [dashboard, closed] = await Promise.all([
    services.metrics.dashboard(viewer),
    can(viewer, "alerts:read")
      ? services.alerts.list(viewer.scope, { state: "closed" }, { limit: 1 })
      : null,
  ]);
  return {
    state: stateOf(dashboard, closed?.items[0], viewer),
    position,
    readAt: dashboard.at.getTime(),
  };
}

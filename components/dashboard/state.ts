/**
 * What the dashboard knows, and how it moves with what the live stream tells. Pure: the server makes
 * the first state, the island goes on with it.
 * @module
 */
import type { Severity } from "../../services/alerts/mod.ts";
import type { ConnectorState } from "../../services/gateway/mod.ts";
import type { ConnectorSecond, TrafficSnapshot } from "../../services/metrics/mod.ts";
import type { LiveEvent, LivePresent } from "../../islands/live.ts";
import {
  addSecond,
  LATE_SECONDS,
  RATE_SECONDS,
  type Seconds,
  type Traffic,
  TRAFFIC_SECONDS,
} from "./seconds.ts";

/** A connector's state from a moment on. Moments are in ms. */
export interface Turn {
  readonly at: number;
  readonly state: ConnectorState | "gap";
}

export interface ConnectorNow {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly session: string;
  readonly since: number;
  readonly lastError: string | null;
  /** msg/s that it is set to; null when it has no limit, or it isn't known. */
  readonly limit: number | null;
  /** Its rates of the last `RATE_SECONDS`, oldest first. */
  readonly rates: Seconds;
  /** When the SMSC throttled it last; null when it didn't lately. */
  readonly throttledAt: number | null;
  /** The last hour, oldest first. */
  readonly turns: readonly Turn[];
}

export interface ServiceNow {
  readonly name: "gateway-http" | "jcli" | "postgresql" | "redis" | "stream" | "workers";
  readonly state: "up" | "down" | "unknown";
  readonly since: number | null;
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
}

/** An alert, as long as it lasts or as the last one that was over. */
export interface AlertNow {
  readonly id: string;
  readonly revision: number;
  readonly kind: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly openedAt: number;
  readonly raisedAt: number;
  readonly closedAt: number | null;
  readonly acknowledgedAt: number | null;
}

/** Something that happened, for the list of events. */
export type Happening =
  & { readonly id: string; readonly at: number }
  & (
    | {
      readonly kind: "connector";
      readonly cid: string;
      readonly state: ConnectorState | "removed";
      readonly before: ConnectorState | null;
    }
    | { readonly kind: "raised" | "closed"; readonly alert: AlertNow }
  );

/** A message of either way, for the list of the latest. */
export interface LatestMessage {
  readonly id: string;
  readonly way: "mt" | "mo";
  readonly at: number;
  /** The handset's, with its country's spaces. */
  readonly number: string;
  readonly text: string;
  readonly state: string;
}

/** All of it. */
export interface DashboardState {
  /** Whether it is of the whole installation, or of one account. */
  readonly installation: boolean;
  readonly accountId: string;
  /** Null before anything was measured. */
  readonly figures: TrafficSnapshot | null;
  readonly traffic: Traffic;
  readonly connectors: readonly ConnectorNow[];
  readonly services: readonly ServiceNow[];
  readonly alerts: readonly AlertNow[];
  /** The last alert that was over. */
  readonly lastAlert: AlertNow | null;
  readonly happenings: readonly Happening[];
  readonly messages: readonly LatestMessage[];
}

/** The hour of a connector's strip, in ms. */
export const HOUR_MS = 3_600_000;

/** How many events are listed. */
export const MOST_HAPPENINGS = 12;

/** A quiet account is told nothing: its seconds are zeros, and what waits goes on waiting. */
export function passQuietly(state: DashboardState, second: number): DashboardState {
  let { traffic } = state;
  if (state.installation || second - traffic.to > TRAFFIC_SECONDS) return state;
  while (traffic.to < second) {
    const waiting = traffic.waiting.at(-1) ?? 0;
    traffic = addSecond(traffic, traffic.to + 1, { mt: 0, mo: 0, failed: 0, waiting });
  }
  return traffic === state.traffic ? state : { ...state, traffic };
}

function withFigures(state: DashboardState, at: string, figures: TrafficSnapshot): DashboardState {
  const second = Math.floor(Date.parse(at) / 1_000);
  return {
    ...state,
    figures,
    traffic: addSecond(state.traffic, second, {
      mt: figures.mt_per_second.submitted,
      mo: figures.mo_per_second,
      failed: figures.mt_per_second.failed,
      waiting: figures.queue.waiting,
    }),
  };
}

function withRates(
  state: DashboardState,
  at: string,
  rates: Readonly<Record<string, ConnectorSecond>>,
): DashboardState {
  const connectors = state.connectors.map((connector): ConnectorNow => {
    const second = rates[connector.cid];
    return {
      ...connector,
      rates: [...connector.rates, second?.submit_per_second ?? 0].slice(-RATE_SECONDS),
      throttledAt: (second?.throttled_per_second ?? 0) > 0 ? Date.parse(at) : connector.throttledAt,
    };
  });
  return { ...state, connectors };
}

/** Adds an event to the list, unless it is there: events may be told twice. */
function happened(state: DashboardState, event: Happening): DashboardState {
  if (state.happenings.some(({ id }) => id === event.id)) return state;
  const happenings = [event, ...state.happenings]
    .sort((left, right) => right.at - left.at).slice(0, MOST_HAPPENINGS);
  return { ...state, happenings };
}

type Changed = Extract<LiveEvent, { type: "connectors.state" }>["data"];

function connectorChanged(before: DashboardState, change: Changed): DashboardState {
  const { cid, state, session } = change;
  const at = Date.parse(change.at);
  const known = before.connectors.find((each) => each.cid === cid);
  const after = happened(before, {
    id: change.id,
    at,
    kind: "connector",
    cid,
    state,
    before: change.previous_state,
  });
  // Told twice, or older than what was read.
  if (known !== undefined && known.since >= at) return after;
  const others = after.connectors.filter((each) => each.cid !== cid);
  if (state === "removed") return { ...after, connectors: others };
  const turns = [...known?.turns ?? [], { at, state }].filter((_, place, all) =>
    (all[place + 1]?.at ?? Infinity) > at - HOUR_MS
  );
  const now: ConnectorNow = known === undefined
    ? {
      cid,
      state,
      session,
      since: at,
      lastError: null,
      limit: null,
      rates: [],
      throttledAt: null,
      turns,
    }
    : { ...known, state, session, since: at, turns };
  return { ...after, connectors: [...others, now] };
}

/** An incident as the API shows it. */
export interface ToldIncident {
  readonly id: string;
  readonly revision: number;
  readonly kind: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly detail: AlertNow["detail"];
  readonly opened_at: string;
  readonly raised_at: string;
  readonly closed_at: string | null;
  readonly acknowledged_at: string | null;
}

/** An incident as the API shows it, with its moments in ms. */
export function alertOf(told: ToldIncident): AlertNow {
  const ms = (at: string | null) => at === null ? null : Date.parse(at);
  return {
    id: told.id,
    revision: told.revision,
    kind: told.kind,
    subject: told.subject,
    severity: told.severity,
    detail: told.detail,
    openedAt: Date.parse(told.opened_at),
    raisedAt: Date.parse(told.raised_at),
    closedAt: ms(told.closed_at),
    acknowledgedAt: ms(told.acknowledged_at),
  };
}

const WORST: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** The worse first, then the newer. */
export function byUrgency(left: AlertNow, right: AlertNow): number {
  return WORST[left.severity] - WORST[right.severity] || right.openedAt - left.openedAt;
}

function alertTold(state: DashboardState, type: string, alert: AlertNow): DashboardState {
  const known = state.alerts.find(({ id }) => id === alert.id);
  if (known !== undefined && known.revision >= alert.revision) return state;
  const over = state.lastAlert;
  if (over?.id === alert.id && over.revision >= alert.revision) return state;
  const others = state.alerts.filter(({ id }) => id !== alert.id);
  const next: DashboardState = alert.closedAt === null
    ? { ...state, alerts: [...others, alert].sort(byUrgency) }
    : { ...state, alerts: others, lastAlert: alert };
  if (type === "alerts.acknowledged") return next;
  return happened(next, alertHappening(alert.closedAt === null ? "raised" : "closed", alert));
}

/** An alert that came or went, as an event of the list; the same one always has the same id. */
export function alertHappening(kind: "raised" | "closed", alert: AlertNow): Happening {
  const at = kind === "raised" ? alert.raisedAt : alert.closedAt ?? alert.raisedAt;
  return { id: `${alert.id}/${kind}/${at}`, at, kind, alert };
}

/** What is after an event of the live stream. */
export function applyEvent(state: DashboardState, event: LiveEvent): DashboardState {
  switch (event.type) {
    case "metrics.installation": {
      if (!state.installation) return state;
      const { at, connectors, ...figures } = event.data;
      return withRates(withFigures(state, at, figures), at, connectors);
    }
    case "metrics.account": {
      const { account_id, at, ...figures } = event.data;
      if (state.installation || account_id !== state.accountId) return state;
      return withFigures(state, at, figures);
    }
    case "connectors.state":
      return connectorChanged(state, event.data);
    case "messages.transition":
    case "messages.received":
      return state;
    default:
      // The channel `alerts` tells incidents as `GET /api/v1/alerts` shows them.
      return alertTold(state, event.type, alertOf(event.data as unknown as ToldIncident));
  }
}

/** Whether an event leaves seconds between it and the last one that nobody told. */
export function addsHole({ traffic, installation }: DashboardState, event: LiveEvent): boolean {
  if (!installation || event.type !== "metrics.installation") return false;
  return Math.floor(Date.parse(event.data.at) / 1_000) - traffic.to > LATE_SECONDS;
}

/** What is after a snapshot of the live stream: it has the present, and nothing of what was before. */
export function applyPresent(state: DashboardState, present: LivePresent): DashboardState {
  const services = present.metrics?.services ?? [];
  return {
    ...state,
    services: state.services.map((service) => {
      const seen = services.find(({ name }) => name === service.name);
      return seen === undefined
        ? service
        : { ...service, state: seen.state, since: Date.parse(seen.since) };
    }),
  };
}

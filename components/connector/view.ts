/**
 * A connector as pages hand it to their islands, and what can be read from it; pure.
 * @module
 */
import type { ConnectorState } from "../../services/gateway/mod.ts";
import type { T } from "../../services/i18n/client.ts";
import type { Run } from "../strip.tsx";
import { type ConnectorStateName, connectorStateOf } from "../tone.ts";

/** What may be done to a connector. */
export type ConnectorAction = "start" | "stop" | "restart";

/** Messages per second. */
export interface RatesView {
  readonly submit: number;
  readonly deliver: number;
  readonly throttled: number;
  readonly errors: number;
}

/** A stretch of one state; times in ms. */
export interface RunView {
  readonly state: ConnectorState | "absent" | "unknown";
  readonly from: number;
  readonly to: number;
}

/** A connector; times in ms. */
export interface ConnectorView {
  readonly cid: string;
  /** Where the SMSC is: `host:port`; null until its keys are read. */
  readonly address: string | null;
  readonly state: ConnectorState | "removed";
  readonly session: string;
  readonly since: number;
  readonly starts: number;
  readonly stops: number;
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
  /** Null while nobody measures. */
  readonly rates: RatesView | null;
  /** `submit_throughput`; null for none. */
  readonly limit: number | null;
  /** Whether the SMSC throttled it within the last minute. */
  readonly throttled: boolean;
  /** Messages submitted in each of the last 60 minutes; null where nobody measured. */
  readonly minutes: readonly (number | null)[];
  /** The last hour. */
  readonly runs: readonly RunView[];
}

/** The state in the words of pages: throttled is a bound one that the SMSC holds back. */
export function stateName(connector: ConnectorView): ConnectorStateName {
  if (connector.state === "removed") return "removed";
  if (connector.state === "bound" && connector.throttled) return "throttled";
  return connectorStateOf(connector.state, connector.session);
}

/** The states that the list is narrowed by. */
export const STATE_FILTERS = ["down", "throttled", "binding", "bound", "stopped"] as const;
export type StateFilter = typeof STATE_FILTERS[number];

/** Which of them a connector belongs to; null for one that is removed. */
export function filterOf(connector: ConnectorView): StateFilter | null {
  const name = stateName(connector);
  if (name.startsWith("bound")) return "bound";
  return STATE_FILTERS.find((filter) => filter === name) ?? null;
}

const RUN_STATES: Readonly<Record<RunView["state"], Run["state"]>> = {
  bound: "ok",
  binding: "warn",
  down: "down",
  stopped: "idle",
  absent: "idle",
  unknown: "gap",
};

/** Runs for a strip, with a sentence each. */
export function stripRuns(
  t: T<"connector" | "connectorStates">,
  runs: readonly RunView[],
  now: number,
): Run[] {
  const present = new Date(now);
  const clock = (at: number) => {
    const moment = new Date(at);
    const isOld = now - at > 86_400_000;
    return isOld
      ? `${t.format.day(moment, present)} ${t.format.clock(moment)}`
      : t.format.clock(moment);
  };
  return runs.filter(({ from, to }) => to > from).map(({ state, from, to }) => ({
    state: RUN_STATES[state],
    length: to - from,
    title: t("connector.run", {
      state: t(`connectorStates.${state === "absent" ? "removed" : state}`),
      from: clock(from),
      to: clock(to),
    }),
  }));
}

/** Runs up to now, the last one goes on; those before the window leave it. */
export function runsUntil(
  runs: readonly RunView[],
  windowMs: number,
  now: number,
): RunView[] {
  const from = now - windowMs;
  return runs.map((run, place) => place === runs.length - 1 ? { ...run, to: now } : run)
    .filter(({ to }) => to > from)
    .map((run) => ({ ...run, from: Math.max(run.from, from) }));
}

/** A connector after it was told to be in a state. */
export function changed(
  connector: ConnectorView,
  change: {
    readonly state: ConnectorState | "removed";
    readonly session: string;
    readonly at: number;
  },
): ConnectorView {
  // What is told twice, or late, changes nothing.
  if (change.at < connector.since) return connector;
  if (change.state === connector.state && change.session === connector.session) return connector;
  const state: RunView["state"] = change.state === "removed" ? "absent" : change.state;
  const last = connector.runs.at(-1);
  const before = connector.runs.slice(0, -1);
  const runs: RunView[] = last === undefined
    ? [{ state, from: change.at, to: change.at }]
    : [...before, { ...last, to: change.at }, { state, from: change.at, to: change.at }];
  return {
    ...connector,
    state: change.state,
    session: change.session,
    since: change.state === connector.state ? connector.since : change.at,
    runs: change.state === connector.state ? connector.runs : runs,
    throttled: change.state === "bound" && connector.throttled,
  };
}

/** How long it is in its state, in whole seconds. */
export function lasting(connector: ConnectorView, now: number): number {
  return Math.max(0, Math.floor((now - connector.since) / 1_000) * 1_000);
}

/** What may be done to it as it is. */
export function actionsFor({ state }: Pick<ConnectorView, "state">): readonly ConnectorAction[] {
  if (state === "removed") return [];
  return state === "stopped" ? ["start"] : ["restart", "stop"];
}

/** Whether the act takes traffic from somebody now. */
export function cutsTraffic(action: ConnectorAction, connector: ConnectorView): boolean {
  const { rates } = connector;
  return action !== "start" && connector.state === "bound" && rates !== null &&
    rates.submit + rates.deliver > 0;
}

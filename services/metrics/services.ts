/**
 * Every service that the installation stands on, each in one line: the bloom of the dashboard.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { listServiceStates, type ServiceState } from "../gateway/mod.ts";
import { listProcesses, type ProcessState } from "./processes.ts";

/** A service as screens show it. */
export interface ServiceLine {
  /** `workers` stands for all roles of all processes. */
  readonly name: "gateway-http" | "jcli" | "postgresql" | "stream" | "workers";
  /** `unknown`: nobody has told of it lately. */
  readonly state: "up" | "down" | "unknown";
  readonly since: Date | null;
  /** How it is, or why it is down. */
  readonly detail: string | null;
  /** Why it was last down; stays when it is up again. */
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
}

/** Those with a row of their own. The role `metrics` watches the last two. */
export const WATCHED = ["jcli", "gateway-http", "postgresql", "stream"] as const;

/** A role's worker may take this long to start again before anybody is told, in milliseconds. */
export const WORKER_GRACE_MS = 5_000;

function lineOf(name: ServiceLine["name"], state: ServiceState | undefined): ServiceLine {
  if (state === undefined) {
    return {
      name,
      state: "unknown",
      since: null,
      detail: null,
      lastError: null,
      lastErrorAt: null,
    };
  }
  const { state: word, since, detail, lastError, lastErrorAt } = state;
  return {
    name,
    state: word,
    since,
    detail: word === "unknown" ? "Its watcher is silent" : detail,
    lastError,
    lastErrorAt,
  };
}

/** All roles of all processes as one service: down when one of them is. Pure. */
export function workersLine(processes: readonly ProcessState[]): ServiceLine {
  const workers = processes.flatMap((each) => each.workers);
  const down = workers.filter(({ state }) => state === "down");
  const failed = workers.filter(({ lastError }) => lastError !== null)
    .sort((left, right) => right.since < left.since ? -1 : 1).at(0);
  const sinces = (down.length > 0 ? down : workers).map(({ since }) => since).sort();
  // Down since the first of them went, up since the last of them came.
  const since = down.length > 0 ? sinces.at(0) : sinces.at(-1);
  return {
    name: "workers",
    state: workers.length === 0 ? "unknown" : down.length > 0 ? "down" : "up",
    since: since === undefined ? null : new Date(since),
    detail: down.length > 0
      ? down.map(({ name, lastError }) => `${name}: ${lastError ?? "starts"}`).join("; ")
      : null,
    lastError: failed?.lastError ?? null,
    lastErrorAt: failed === undefined ? null : new Date(failed.since),
  };
}

/** A service as live screens and programs get it. */
export interface ShownService {
  readonly name: ServiceLine["name"];
  readonly state: ServiceLine["state"];
  /** RFC 3339. */
  readonly since: string | null;
  readonly detail: string | null;
  readonly last_error: string | null;
  readonly last_error_at: string | null;
}

export function showService(line: ServiceLine): ShownService {
  return {
    name: line.name,
    state: line.state,
    since: line.since?.toISOString() ?? null,
    detail: line.detail,
    last_error: line.lastError,
    last_error_at: line.lastErrorAt?.toISOString() ?? null,
  };
}

/** The five services, in the order of the bloom's petals. Costs two queries. */
export async function listServices(sql: Sql): Promise<ServiceLine[]> {
  const [states, processes] = await Promise.all([listServiceStates(sql), listProcesses(sql)]);
  return serviceLines(states, processes);
}

/** The same of what was read already. Pure. */
export function serviceLines(
  states: readonly ServiceState[],
  processes: readonly ProcessState[],
): ServiceLine[] {
  const byName = new Map(states.map((state) => [state.name, state]));
  return [
    ...WATCHED.map((name) => lineOf(name, byName.get(name))),
    workersLine(processes),
  ];
}

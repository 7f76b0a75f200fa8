/**
 * A connector's states over time, as runs: pure logic, and the queries that feed it.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import type { ConnectorState } from "../gateway/mod.ts";
import { measuredMinutes } from "./measured.ts";

/** `absent`: the gateway had no such connector. `unknown`: nobody was looking. */
export type RunState = ConnectorState | "absent" | "unknown";

/** A stretch of one state. */
export interface StateRun {
  readonly state: RunState;
  readonly from: Date;
  readonly to: Date;
}

/** A connector's time in a window. */
export interface Uptime {
  readonly from: Date;
  readonly to: Date;
  /** Oldest first, without a hole. */
  readonly runs: readonly StateRun[];
  /** Share of the time in which it was started and somebody looked, 0 to 1; null without any. */
  readonly boundShare: number | null;
  /** Times that it left the bound state otherwise than by a stop. */
  readonly drops: number;
}

/** A change of state. */
export interface StateChange {
  readonly at: Date;
  readonly to: ConnectorState | "removed";
}

const MINUTE_MS = 60_000;

/**
 * Runs of a window from the changes within it and the last one before it, oldest first; then what
 * lies in minutes that nobody looked at becomes `unknown`.
 */
export function runsOf(
  changes: readonly StateChange[],
  from: Date,
  to: Date,
  looked: (minute: number) => boolean = () => true,
): StateRun[] {
  const edges: { state: RunState; at: number }[] = [{ state: "absent", at: from.getTime() }];
  for (const change of changes) {
    const state = change.to === "removed" ? "absent" : change.to;
    if (change.at <= from) edges[0] = { state, at: from.getTime() };
    else if (change.at < to) edges.push({ state, at: change.at.getTime() });
  }
  const runs: StateRun[] = [];
  for (const [index, { state, at }] of edges.entries()) {
    const end = edges[index + 1]?.at ?? to.getTime();
    // The present minute has only begun to be looked at.
    for (let start = at; start < end;) {
      const minute = Math.floor(start / MINUTE_MS) * MINUTE_MS;
      const next = Math.min(end, minute + MINUTE_MS);
      push(runs, looked(minute) || next >= to.getTime() ? state : "unknown", start, next);
      start = next;
    }
  }
  return runs;
}

function push(runs: StateRun[], state: RunState, from: number, to: number): void {
  const last = runs.at(-1);
  if (last?.state === state) runs[runs.length - 1] = { ...last, to: new Date(to) };
  else runs.push({ state, from: new Date(from), to: new Date(to) });
}

/** What runs say in figures. */
export function uptimeOf(runs: readonly StateRun[], from: Date, to: Date): Uptime {
  const spent = (wanted: (state: RunState) => boolean): number =>
    runs.filter(({ state }) => wanted(state))
      .reduce((sum, run) => sum + run.to.getTime() - run.from.getTime(), 0);
  const wanted = spent((state) => state === "bound" || state === "binding" || state === "down");
  const drops =
    runs.filter(({ state }, index) =>
      runs[index - 1]?.state === "bound" && (state === "down" || state === "binding")
    ).length;
  const boundShare = wanted > 0 ? spent((state) => state === "bound") / wanted : null;
  return { from, to, runs, boundShare, drops };
}

/** The uptime of some connectors; all of them without `cid`. Three queries, however many. */
export async function readUptimes(
  sql: Sql,
  from: Date,
  to: Date,
  cid?: string,
): Promise<ReadonlyMap<string, Uptime>> {
  const only = cid === undefined ? sql`` : sql`and cid = ${cid}`;
  const [within, before, looked] = await Promise.all([
    sql<(StateChange & { cid: string })[]>`
      select cid, at, to_state as "to" from connector_events
      where at > ${from} and at < ${to} ${only} order by at, id`,
    sql<(StateChange & { cid: string })[]>`
      select c.cid, e.at, e.to_state as "to"
      from (select gateway, cid from connectors where true ${only}) c
      cross join lateral (
        select at, to_state from connector_events
        where gateway = c.gateway and cid = c.cid and at <= ${from}
        order by at desc, id desc limit 1
      ) e`,
    measuredMinutes(sql, "jcli", new Date(from.getTime() - MINUTE_MS), to),
  ]);
  const changes = Map.groupBy([...before, ...within], (change) => change.cid);
  return new Map([...changes].map(([each, list]) => {
    const runs = runsOf(list, from, to, (minute) => looked.has(minute));
    return [each, uptimeOf(runs, from, to)];
  }));
}

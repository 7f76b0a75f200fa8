/**
 * Connectors as their pages hand them to islands.
 * @module
 */
import type { ConnectorView, RunView } from "../../../components/connector/view.ts";
import type { Connector } from "../../../services/gateway/mod.ts";
import type { ConnectorLine, StateRun } from "../../../services/metrics/mod.ts";

/** Where the SMSC is, as far as the connector's keys are known. */
export function addressOf({ config: { host, port } }: Pick<Connector, "config">): string | null {
  return host === undefined ? null : port === undefined ? host : `${host}:${port}`;
}

/** Runs with their times in ms. */
export function shownRuns(runs: readonly StateRun[]): RunView[] {
  return runs.map(({ state, from, to }) => ({ state, from: from.getTime(), to: to.getTime() }));
}

/** A connector of the list. */
export function shownConnector(line: ConnectorLine): ConnectorView {
  return {
    cid: line.cid,
    address: addressOf(line),
    state: line.state,
    session: line.session,
    since: line.since.getTime(),
    starts: Number(line.starts),
    stops: Number(line.stops),
    lastError: line.lastError,
    lastErrorAt: line.lastErrorAt?.getTime() ?? null,
    rates: line.rates,
    limit: line.limit,
    throttled: line.throttledLastMinute > 0,
    minutes: line.lastHour.submit,
    runs: shownRuns(line.lastHour.runs),
  };
}

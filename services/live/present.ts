/**
 * The present state of each channel, read from PostgreSQL for who comes in or missed something.
 * @module
 */
import { scopeWhere } from "../accounts/mod.ts";
import { listIncidents, showIncident } from "../alerts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { listConnectors } from "../gateway/mod.ts";
import { connectorLoads, GATEWAY_ACCOUNT, listServices, showService } from "../metrics/mod.ts";
import type { Channel, Viewer } from "./channels.ts";
import type { SnapshotProvider } from "./snapshots.ts";

/** Incidents of one snapshot; nobody reads more at once. */
const MOST_ALERTS = 100;

/** Who sees the installation gets its figures alone; who sees some accounts gets theirs. */
async function figures(sql: Sql, { scope, seesInstallation }: Viewer): Promise<unknown> {
  const accounts = scope.kind === "all" && seesInstallation
    ? sql`false`
    : sql`(${scopeWhere(sql, scope)} and account_id <> ${GATEWAY_ACCOUNT})`;
  const rows = await sql<{ accountId: string; at: Date; data: Record<string, unknown> }[]>`
    select account_id as "accountId", at, data from metric_snapshots
    where ${accounts} or (account_id = ${GATEWAY_ACCOUNT} and ${seesInstallation})`;
  const installation = rows.find((row) => row.accountId === GATEWAY_ACCOUNT);
  return {
    installation: installation === undefined || !seesInstallation
      ? null
      : { at: installation.at, ...installation.data },
    accounts: rows.filter((row) => row.accountId !== GATEWAY_ACCOUNT).map((row) => ({
      account_id: row.accountId,
      at: row.at,
      ...row.data,
    })),
    services: seesInstallation ? (await listServices(sql)).map(showService) : [],
  };
}

async function connectors(sql: Sql): Promise<unknown> {
  const [list, loadOf] = await Promise.all([listConnectors(sql), connectorLoads(sql)]);
  return list.map((connector) => {
    const { rates, limit, headroom, throttledLastMinute } = loadOf(connector);
    return {
      cid: connector.cid,
      state: connector.state,
      session: connector.session,
      since: connector.since,
      last_error: connector.lastError,
      last_error_at: connector.lastErrorAt,
      rates,
      limit,
      headroom,
      throttled_last_minute: throttledLastMinute,
    };
  });
}

async function alerts(sql: Sql, { scope }: Viewer): Promise<unknown> {
  const { items } = await listIncidents(sql, scope, { state: "active" }, { limit: MOST_ALERTS });
  return items.map(showIncident);
}

/** Messages have no present state: what happens is told, what happened is asked for. */
export function presentState(sql: Sql): SnapshotProvider {
  const read: Partial<Record<Channel, (viewer: Viewer) => Promise<unknown>>> = {
    metrics: (viewer) => figures(sql, viewer),
    connectors: (viewer) => viewer.seesInstallation ? connectors(sql) : Promise.resolve([]),
    alerts: (viewer) => alerts(sql, viewer),
  };
  return async (channels, viewer) => {
    const states = await Promise.all(channels.map(async (channel) => {
      return [channel, await (read[channel]?.(viewer) ?? [])] as const;
    }));
    return Object.fromEntries(states);
  };
}

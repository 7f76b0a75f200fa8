/**
 * The present state of each channel, read from PostgreSQL for who comes in or missed something.
 * @module
 */
import { scopeWhere } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { listConnectors, listServiceStates } from "../gateway/mod.ts";
import { GATEWAY_ACCOUNT } from "../metrics/mod.ts";
import type { Channel, Viewer } from "./channels.ts";
import type { SnapshotProvider } from "./snapshots.ts";

async function figures(sql: Sql, viewer: Viewer): Promise<unknown> {
  const rows = await sql<{ accountId: string; at: Date; data: Record<string, unknown> }[]>`
    select account_id as "accountId", at, data from metric_snapshots
    where ${scopeWhere(sql, viewer.scope)}
      or (account_id = ${GATEWAY_ACCOUNT} and ${viewer.seesInstallation})`;
  const installation = rows.find((row) => row.accountId === GATEWAY_ACCOUNT);
  return {
    installation: installation === undefined || !viewer.seesInstallation
      ? null
      : { at: installation.at, ...installation.data },
    accounts: rows.filter((row) => row.accountId !== GATEWAY_ACCOUNT).map((row) => ({
      account_id: row.accountId,
      at: row.at,
      ...row.data,
    })),
    services: viewer.seesInstallation
      ? (await listServiceStates(sql)).map(({ name, state, since, detail }) => ({
        name,
        state,
        since,
        detail,
      }))
      : [],
  };
}

async function connectors(sql: Sql): Promise<unknown> {
  return (await listConnectors(sql)).map(({ cid, state, session, since, lastError }) => ({
    cid,
    state,
    session,
    since,
    last_error: lastError,
  }));
}

/** Messages and alerts have no present state: what happens is told, what happened is asked for. */
export function presentState(sql: Sql): SnapshotProvider {
  const read: Partial<Record<Channel, (viewer: Viewer) => Promise<unknown>>> = {
    metrics: (viewer) => figures(sql, viewer),
    connectors: (viewer) => viewer.seesInstallation ? connectors(sql) : Promise.resolve([]),
  };
  return async (channels, viewer) => {
    const states = await Promise.all(channels.map(async (channel) => {
      return [channel, await (read[channel]?.(viewer) ?? [])] as const;
    }));
    return Object.fromEntries(states);
  };
}

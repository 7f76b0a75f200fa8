/**
 * Connectors as screens show them: state, rate against the configured limit, the last hour.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import { type Connector, listConnectors } from "../gateway/mod.ts";
import { measuredMinutes } from "./measured.ts";
import { type ConnectorMeasure, recentConnectors } from "./seconds.ts";
import { GATEWAY_ACCOUNT } from "./tally.ts";
import { readUptimes, type StateRun } from "./uptime.ts";

/** Messages per second, by the gateway's own counters: all traffic, whoever sent it. */
export type ConnectorRates = Readonly<Record<ConnectorMeasure, number>>;

/** What a connector does now. */
export interface ConnectorLoad {
  /** Mean of the last ten seconds; null when nobody measured in them. */
  readonly rates: ConnectorRates | null;
  /** `submit_throughput` in messages per second; null when it is unlimited or not known yet. */
  readonly limit: number | null;
  /** What of the limit is free, in messages per second; null without limit or rates. */
  readonly headroom: number | null;
  /** Throttling errors within the last minute. */
  readonly throttledLastMinute: number;
}

/** A connector with what it does and did. */
export interface ConnectorLine extends Connector, ConnectorLoad {
  readonly lastHour: {
    readonly from: Date;
    readonly to: Date;
    /** Messages submitted in each of the 60 minutes; null where nobody measured. */
    readonly submit: readonly (number | null)[];
    readonly runs: readonly StateRun[];
  };
}

const RATE_SECONDS = 10;
const MINUTE_MS = 60_000;

/** The configured limit; Jasmin takes 0 for none. */
export function limitOf(connector: Pick<Connector, "config">): number | null {
  const { submit_throughput: limit } = connector.config;
  return limit === undefined || limit <= 0 ? null : limit;
}

/** The load of each connector that had traffic within five minutes, and a function for the others. */
export async function connectorLoads(
  sql: Sql,
  now: Date = new Date(),
): Promise<(connector: Pick<Connector, "cid" | "config">) => ConnectorLoad> {
  const { connectors, measured } = await recentConnectors(sql, now);
  const recent = measured.slice(-RATE_SECONDS).some(Boolean);
  return (connector) => {
    const series = connectors.get(connector.cid);
    const mean = (measure: ConnectorMeasure): number => {
      const values = (series?.[measure] ?? []).slice(-RATE_SECONDS)
        .filter((value) => value !== null);
      if (values.length === 0) return 0;
      const sum = values.reduce((total, value) => total + value, 0);
      return Math.round(sum / values.length * 10) / 10;
    };
    const rates = recent
      ? {
        submit: mean("submit"),
        deliver: mean("deliver"),
        throttled: mean("throttled"),
        errors: mean("errors"),
      }
      : null;
    const limit = limitOf(connector);
    const throttled = (series?.throttled ?? []).slice(-60);
    return {
      rates,
      limit,
      headroom: limit === null || rates === null ? null : Math.max(0, limit - rates.submit),
      throttledLastMinute: throttled.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    };
  };
}

async function submitted(
  sql: Sql,
  from: Date,
  to: Date,
): Promise<Map<string, Map<number, number>>> {
  const rows = await sql<{ cid: string; minute: Date; value: number }[]>`
    select connector as cid, minute, value::float8 as value from metric_minute
    where account_id = ${GATEWAY_ACCOUNT} and measure = 'gateway_submit'
      and minute >= ${from} and minute < ${to}`;
  const byCid = new Map<string, Map<number, number>>();
  for (const { cid, minute, value } of rows) {
    const minutes = byCid.get(cid) ?? new Map<number, number>();
    byCid.set(cid, minutes.set(minute.getTime(), value));
  }
  return byCid;
}

/** Every connector, worst first, with its load and its last hour. Seven queries, however many. */
export async function listConnectorLines(
  sql: Sql,
  now: Date = new Date(),
): Promise<ConnectorLine[]> {
  const last = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const from = new Date(last - 59 * MINUTE_MS);
  const to = new Date(last + MINUTE_MS);
  const [connectors, loadOf, counts, measured, uptimes] = await Promise.all([
    listConnectors(sql),
    connectorLoads(sql, now),
    submitted(sql, from, to),
    measuredMinutes(sql, "gateway", from, to),
    readUptimes(sql, from, now),
  ]);
  const minutes = Array.from({ length: 60 }, (_, index) => from.getTime() + index * MINUTE_MS);
  return connectors.map((connector) => ({
    ...connector,
    ...loadOf(connector),
    lastHour: {
      from,
      to: now,
      submit: minutes.map((minute) =>
        measured.has(minute) ? counts.get(connector.cid)?.get(minute) ?? 0 : null
      ),
      runs: uptimes.get(connector.cid)?.runs ?? [],
    },
  }));
}

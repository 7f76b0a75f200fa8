/**
 * Figures as routes and pages call them: what a caller may see is decided here.
 * @module
 */
import { inScope, intersect, type Scope } from "../accounts/mod.ts";
import { can, type Subject } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { ForbiddenError, NotFoundError } from "../errors/mod.ts";
import { findConnector } from "../gateway/mod.ts";
import { type ConnectorLine, listConnectorLines } from "./connectors.ts";
import {
  type Dashboard,
  type DashboardViewer,
  type Figures,
  figuresFor,
  readDashboard,
  readFigures,
} from "./dashboard.ts";
import { type History, readHistory } from "./history.ts";
import {
  GATEWAY_MEASURES,
  HISTORY_MEASURES,
  type HistoryMeasure,
  isGatewayMeasure,
} from "./history_figures.ts";
import { type HistoryRequest, windowOf } from "./history_window.ts";
import { type PrometheusText, prometheusText } from "./prometheus.ts";
import { type FiguresOf, type RecentSeconds, recentSeconds } from "./seconds.ts";
import { listServices, type ServiceLine } from "./services.ts";
import { readSystem, type SystemMetrics } from "./system.ts";
import { readUptimes, type Uptime, uptimeOf } from "./uptime.ts";

/** Who asks: a principal, or a wall display. */
export interface Viewer extends Subject {
  readonly accountId: string;
}

/** What a history is asked for. */
export interface HistoryInput extends HistoryRequest {
  readonly by?: "connector" | "account";
  /** Only this account with everything below it. */
  readonly accountId?: string;
  /** Only what went by this connector. */
  readonly connector?: string;
  /** @default all that the caller may see */
  readonly measures?: readonly HistoryMeasure[];
}

/** A history with the names of its series. */
export interface NamedHistory extends History {
  readonly measures: readonly HistoryMeasure[];
  /** What a person calls a series: an account's name, a cid, `all`. */
  readonly nameOf: (key: string | null) => string;
}

/** Windows of uptime. */
export const UPTIME_RANGES = { "24h": 24, "30d": 720 } as const;
export type UptimeRange = keyof typeof UPTIME_RANGES;

export interface Metrics {
  /** The dashboard's first picture. */
  dashboard(viewer: Viewer): Promise<Dashboard>;
  /**
   * The latest figures: the installation's or the caller's own account's, or those of `accountId`.
   * @throws {ForbiddenError} when the account isn't the caller's to see
   */
  figures(viewer: Viewer, accountId?: string): Promise<{ of: FiguresOf; figures: Figures | null }>;
  /** The last five minutes of the same. @throws as `figures` */
  recent(viewer: Viewer, accountId?: string): Promise<{ of: FiguresOf; recent: RecentSeconds }>;
  /**
   * @throws {ValidationError} for a window that can't be had
   * @throws {ForbiddenError} for connectors or the gateway's counts without `connectors:read`, or for
   * an account that isn't the caller's to see
   */
  history(viewer: Viewer, input: HistoryInput): Promise<NamedHistory>;
  /** Every connector with load and last hour; the caller has `connectors:read`. */
  connectors(): Promise<readonly ConnectorLine[]>;
  /**
   * A connector's states over time, also of one that is gone by now.
   * @throws {NotFoundError} when there never was one
   */
  uptime(cid: string, range: UptimeRange): Promise<Uptime>;
  /** The five services; the caller has `connectors:read`. */
  services(): Promise<readonly ServiceLine[]>;
  /** Everything of the installation in Prometheus' text format. */
  prometheus(): Promise<PrometheusText>;
  /** Processes, connections, throughput; the caller has `system:read`. */
  system(): Promise<SystemMetrics>;
}

function dashboardViewer(viewer: Viewer): DashboardViewer {
  return {
    scope: viewer.scope,
    accountId: viewer.accountId,
    seesInstallation: can(viewer, "connectors:read"),
    seesMessages: can(viewer, "messages:read"),
    seesAlerts: can(viewer, "alerts:read"),
  };
}

function figuresAsked(viewer: Viewer, accountId: string | undefined): FiguresOf {
  if (accountId === undefined) return figuresFor(dashboardViewer(viewer));
  requireSeen(viewer.scope, accountId);
  return { kind: "account", accountId };
}

function requireSeen(scope: Scope, accountId: string): void {
  if (!inScope(scope, accountId)) {
    throw new ForbiddenError("This account isn't one of yours; choose your own or one below it");
  }
}

async function subtree(sql: Sql, accountId: string): Promise<Scope> {
  const rows = await sql<{ id: string }[]>`
    select id from accounts where path @> array[${accountId}::uuid]`;
  return { kind: "accounts", ids: rows.map(({ id }) => id) };
}

async function namesOf(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from accounts where id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The measures of a history: those asked for, or all that mean something and may be seen. */
function measuresOf(viewer: Viewer, input: HistoryInput): readonly HistoryMeasure[] {
  const seesConnectors = can(viewer, "connectors:read");
  const gateway = input.measures?.some(isGatewayMeasure) ?? false;
  const needed = input.by === "connector" || input.connector !== undefined || gateway;
  if (needed && !seesConnectors) {
    throw new ForbiddenError("Your role may not see connectors; leave them out of the history");
  }
  // What the gateway counts belongs to no account.
  const whole = viewer.scope.kind === "all" && input.by !== "account" &&
    input.accountId === undefined;
  const offered = HISTORY_MEASURES.filter((measure) =>
    !isGatewayMeasure(measure) || (seesConnectors && whole)
  );
  if (gateway && !whole) {
    throw new ForbiddenError(
      `What the gateway counts (${
        GATEWAY_MEASURES.join(", ")
      }) belongs to no account; leave it out`,
    );
  }
  return input.measures ?? offered;
}

export function createMetrics({ sql }: { readonly sql: Sql }): Metrics {
  return {
    dashboard: (viewer) => readDashboard(sql, dashboardViewer(viewer)),
    async figures(viewer, accountId) {
      const of = figuresAsked(viewer, accountId);
      return { of, figures: await readFigures(sql, of) };
    },
    async recent(viewer, accountId) {
      const of = figuresAsked(viewer, accountId);
      return { of, recent: await recentSeconds(sql, of) };
    },
    async history(viewer, input) {
      const now = new Date();
      const window = windowOf(input, now);
      const measures = measuresOf(viewer, input);
      if (input.accountId !== undefined) requireSeen(viewer.scope, input.accountId);
      const scope = input.accountId === undefined
        ? viewer.scope
        : intersect(viewer.scope, await subtree(sql, input.accountId));
      const { by, connector } = input;
      const query = {
        window,
        measures,
        scope,
        ...(by === undefined ? {} : { by }),
        ...(connector === undefined ? {} : { connector }),
      };
      const history = await readHistory(sql, query, now);
      const keys = history.series.flatMap(({ key }) => key === null ? [] : [key]);
      const names = by === "account" ? await namesOf(sql, keys) : new Map<string, string>();
      return {
        ...history,
        measures,
        nameOf: (key) => key === null ? "all" : names.get(key) ?? key,
      };
    },
    connectors: () => listConnectorLines(sql),
    async uptime(cid, range) {
      const to = new Date();
      const from = new Date(to.getTime() - UPTIME_RANGES[range] * 3_600_000);
      const known = (await readUptimes(sql, from, to, cid)).get(cid);
      if (known !== undefined) return known;
      if (await findConnector(sql, cid) === null) {
        throw new NotFoundError(`The gateway has no connector ${cid}`);
      }
      return uptimeOf([], from, to);
    },
    services: () => listServices(sql),
    prometheus: () => prometheusText(sql),
    system: () => readSystem(sql),
  };
}

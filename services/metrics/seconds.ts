/**
 * The last five minutes, second by second, for a page's first paint: what came before it opened.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import type { Second } from "./recorder.ts";
import type { ConnectorSecond, TrafficSnapshot } from "./snapshot.ts";
import { GATEWAY_ACCOUNT } from "./tally.ts";

/** How many seconds are kept. */
export const RECENT_SECONDS = 300;

/** Whose figures: the installation's, or one account's with everything below it. */
export type FiguresOf =
  | { readonly kind: "installation" }
  | { readonly kind: "account"; readonly accountId: string };

/** What is kept of each second. Rates are of that second, `waiting` is the level at its end. */
export const SECOND_MEASURES = [
  "submitted",
  "accepted",
  "sent",
  "delivered",
  "failed",
  "received",
  "waiting",
] as const;
export type SecondMeasure = (typeof SECOND_MEASURES)[number];

/** What is kept of a connector's second, in this order. */
const CONNECTOR_MEASURES = ["submit", "deliver", "throttled", "errors"] as const;
export type ConnectorMeasure = (typeof CONNECTOR_MEASURES)[number];

/** One value a second, oldest first; null where nobody measured. */
export type SecondSeries = readonly (number | null)[];

/** Five minutes of figures. The first value is of the second that ended at `from`. */
export interface RecentSeconds {
  readonly from: Date;
  readonly to: Date;
  readonly series: Readonly<Record<SecondMeasure, SecondSeries>>;
}

/** Five minutes of connectors, of those that had traffic in them. */
export interface RecentConnectors {
  readonly from: Date;
  readonly to: Date;
  readonly connectors: ReadonlyMap<string, Readonly<Record<ConnectorMeasure, SecondSeries>>>;
  /** Whether each second was measured. */
  readonly measured: readonly boolean[];
}

interface Kept {
  readonly at: Date;
  readonly figures: readonly number[];
  readonly connectors: Readonly<Record<string, readonly number[]>>;
}

function figuresOf(snapshot: TrafficSnapshot): number[] {
  const { mt_per_second: mt, mo_per_second, queue } = snapshot;
  return [
    mt.submitted,
    mt.accepted,
    mt.sent,
    mt.delivered,
    mt.failed,
    mo_per_second,
    queue.waiting,
  ];
}

function countsOf(second: ConnectorSecond): number[] {
  return CONNECTOR_MEASURES.map((measure) => second[`${measure}_per_second`]);
}

/**
 * Keeps what a tick told, for each second that it covers; those of five minutes ago are written
 * over.
 */
export async function keepSecond(sql: Sql, tick: Second): Promise<void> {
  const { at, seconds, installation, accounts, connectors } = tick;
  const busy = [...connectors].map(([cid, second]) => [cid, countsOf(second)] as const)
    .filter(([, counts]) => counts.some((count) => count > 0));
  const rows = [
    {
      account_id: GATEWAY_ACCOUNT,
      data: { figures: figuresOf(installation), connectors: Object.fromEntries(busy) },
    },
    ...[...accounts].map(([account_id, snapshot]) => ({
      account_id,
      data: { figures: figuresOf(snapshot) },
    })),
  ];
  const last = secondOf(at);
  const covered = Array.from({ length: Math.min(seconds, RECENT_SECONDS) }, (_, ago) => last - ago);
  await sql`
    insert into metric_seconds (account_id, slot, at, data)
    select account_id, second % ${RECENT_SECONDS}, to_timestamp(second), data
    from unnest(${covered}::int8[]) as second,
      json_to_recordset(${JSON.stringify(rows)}::text::json) as r(account_id uuid, data jsonb)
    on conflict (account_id, slot) do update set at = excluded.at, data = excluded.data`;
}

async function keptOf(sql: Sql | Tx, accountId: string, now: Date): Promise<Map<number, Kept>> {
  const from = new Date(now.getTime() - (RECENT_SECONDS + LATE_SECONDS) * 1_000);
  const rows = await sql<{ at: Date; data: Partial<Omit<Kept, "at">> }[]>`
    select at, data from metric_seconds where account_id = ${accountId} and at >= ${from}`;
  return new Map(
    rows.map(({ at, data }) => [
      secondOf(at),
      { at, figures: data.figures ?? [], connectors: data.connectors ?? {} },
    ]),
  );
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}

/** How long a second may not be there yet without being a gap. */
const LATE_SECONDS = 2;

/** The window ends with the latest second there is, unless that was too long ago. */
function windowAt(now: Date, kept: ReadonlyMap<number, Kept>) {
  const present = secondOf(now);
  const latest = Math.max(0, ...kept.keys());
  const last = latest >= present - LATE_SECONDS ? latest : present;
  const first = last - RECENT_SECONDS + 1;
  return {
    from: new Date(first * 1_000),
    to: new Date(last * 1_000),
    seconds: Array.from({ length: RECENT_SECONDS }, (_, index) => first + index),
  };
}

/**
 * The last five minutes of an account or of the installation. The caller has been shown to see it.
 * An account's second is kept only when something changed: where the installation was measured and
 * the account has none, nothing happened and the level is as before.
 */
export async function recentSeconds(
  sql: Sql | Tx,
  of: FiguresOf,
  now: Date = new Date(),
): Promise<RecentSeconds> {
  const installation = await keptOf(sql, GATEWAY_ACCOUNT, now);
  const { from, to, seconds } = windowAt(now, installation);
  const kept = of.kind === "installation" ? installation : await keptOf(sql, of.accountId, now);
  const waitingAt = SECOND_MEASURES.indexOf("waiting");
  const columns = SECOND_MEASURES.map((): (number | null)[] => []);
  let waiting = kept.size > 0 || of.kind === "installation"
    ? null
    : await latestLevel(sql, of.accountId);
  for (const second of seconds) {
    const figures = kept.get(second)?.figures;
    waiting = figures?.[waitingAt] ?? waiting;
    const measured = installation.has(second);
    for (const [index, column] of columns.entries()) {
      column.push(!measured ? null : index === waitingAt ? waiting : figures?.[index] ?? 0);
    }
  }
  return { from, to, series: record(SECOND_MEASURES, columns) };
}

/** An account that did nothing for five minutes still has its level, in its latest snapshot. */
async function latestLevel(sql: Sql | Tx, accountId: string): Promise<number> {
  const [row] = await sql<{ waiting: number | null }[]>`
    select (data->'queue'->>'waiting')::float8 as waiting
    from metric_snapshots where account_id = ${accountId}`;
  return row?.waiting ?? 0;
}

/** The last five minutes of the connectors, from the gateway's own counters. */
export async function recentConnectors(
  sql: Sql | Tx,
  now: Date = new Date(),
): Promise<RecentConnectors> {
  const kept = await keptOf(sql, GATEWAY_ACCOUNT, now);
  const { from, to, seconds } = windowAt(now, kept);
  const cids = new Set([...kept.values()].flatMap(({ connectors }) => Object.keys(connectors)));
  const connectors = new Map(
    [...cids].sort().map((cid) => {
      const columns = CONNECTOR_MEASURES.map((_, index) =>
        seconds.map((second) => {
          const at = kept.get(second);
          return at === undefined ? null : at.connectors[cid]?.[index] ?? 0;
        })
      );
      return [cid, record(CONNECTOR_MEASURES, columns)];
    }),
  );
  return { from, to, connectors, measured: seconds.map((second) => kept.has(second)) };
}

function record<Key extends string>(
  keys: readonly Key[],
  columns: readonly SecondSeries[],
): Record<Key, SecondSeries> {
  // fromEntries() forgets the keys' type; each of them has its column.
  return Object.fromEntries(keys.map((key, index) => [key, columns[index] ?? []])) as Record<
    Key,
    SecondSeries
  >;
}

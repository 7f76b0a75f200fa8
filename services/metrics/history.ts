/**
 * Figures over time, from minutes, hours or days: as many rows whether there were a thousand
 * messages or a hundred million.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import {
  addSums,
  figureOf,
  type HistoryMeasure,
  isGatewayMeasure,
  sourcesOf,
  type Sums,
} from "./history_figures.ts";
import {
  type HistoryStep,
  type HistoryWindow,
  previousWindow,
  stepIndex,
} from "./history_window.ts";
import { ALL_CONNECTORS, GATEWAY_ACCOUNT } from "./tally.ts";

/** What a history is asked for; the caller has been shown to see it. */
export interface HistoryQuery {
  readonly window: HistoryWindow;
  readonly measures: readonly HistoryMeasure[];
  /** Whose messages: `all` is the installation's. */
  readonly scope: Scope;
  /** Only what went by this connector. */
  readonly connector?: string;
  /** One series each, the busiest first, instead of one of all. */
  readonly by?: "connector" | "account";
}

/** One value a step; null where nothing was measured, and where a rate has nothing to be of. */
export type HistoryValues = Readonly<Partial<Record<HistoryMeasure, readonly (number | null)[]>>>;
export type HistoryTotals = Readonly<Partial<Record<HistoryMeasure, number | null>>>;

/** One line of a chart. */
export interface HistorySeries {
  /** A cid or an account's id; null for the series of all. */
  readonly key: string | null;
  readonly values: HistoryValues;
  readonly totals: HistoryTotals;
  readonly previousValues: HistoryValues;
  readonly previousTotals: HistoryTotals;
}

export interface History {
  readonly window: HistoryWindow;
  readonly previous: HistoryWindow;
  /** Share of each step that was measured, 0 to 1; of what is over of it. */
  readonly coverage: readonly number[];
  readonly series: readonly HistorySeries[];
  /** Series that were left out because there are too many; 0 when all are there. */
  readonly leftOut: number;
}

/** Series of a history at most. */
export const MOST_SERIES = 20;

interface Count {
  readonly at: Date;
  readonly key: string;
  readonly measure: string;
  readonly value: number;
}

/**
 * Where the counts of a step are read, and into how many seconds the database sums times before it
 * sends them: a day by minutes and connectors would be 200,000 rows. Quarters of an hour are whole
 * in every time zone, so days are put together from them.
 */
const SOURCE: Readonly<
  Record<HistoryStep, { readonly unit: "minute" | "hour" | "day"; readonly seconds: number }>
> = {
  "1m": { unit: "minute", seconds: 60 },
  "5m": { unit: "minute", seconds: 300 },
  "15m": { unit: "minute", seconds: 900 },
  "1h": { unit: "hour", seconds: 3_600 },
  "1d": { unit: "day", seconds: 900 },
};

/** Which rows of the connectors: of the installation's, those of all together where it is enough. */
function connectorsOf(sql: Sql, { scope, by, connector }: HistoryQuery) {
  if (connector !== undefined) return sql`and connector = ${connector}`;
  if (by === "connector") return sql`and connector not in ('', ${ALL_CONNECTORS})`;
  const installation = scope.kind === "all" && by === undefined;
  return installation ? sql`and connector = ${ALL_CONNECTORS}` : sql``;
}

/** The beginning of the so many seconds in which a row's time lies. `date_bin` came later. */
function startOf(sql: Sql, column: string, seconds: number) {
  // As float8: what `extract` gives since PostgreSQL 14, a numeric, takes three times as long.
  return sql`to_timestamp(floor(date_part('epoch', ${sql(column)}) / ${seconds}) * ${seconds})`;
}

async function readCounts(sql: Sql, query: HistoryQuery, window: HistoryWindow): Promise<Count[]> {
  const { unit, seconds } = SOURCE[window.step];
  const { names, buckets } = sourcesOf(query.measures);
  const accounts = query.scope.kind === "all" && query.by !== "account"
    ? sql`account_id = ${GATEWAY_ACCOUNT}`
    : query.scope.kind === "all"
    ? sql`account_id <> ${GATEWAY_ACCOUNT}`
    : sql`account_id = any(${[...query.scope.ids]}::uuid[])`;
  const key = query.by === "connector"
    ? sql`connector`
    : query.by === "account"
    ? sql`account_id::text`
    : sql`''::text`;
  const from = window.edges[0] ?? new Date(0);
  const to = window.edges.at(-1) ?? from;
  return await sql<Count[]>`
    select ${startOf(sql, unit, seconds)} as at, ${key} as key, measure, sum(value)::float8 as value
    from ${sql(`metric_${unit}`)}
    where ${accounts} and ${sql(unit)} >= ${from} and ${sql(unit)} < ${to}
      and (measure = any(${[...names]}::text[])
        ${buckets ? sql`or measure like 'delivery\\_bucket\\_%'` : sql``})
      ${connectorsOf(sql, query)}
    group by 1, 2, 3`;
}

/** Minutes that were measured, by step. */
async function readMeasured(
  sql: Sql,
  window: HistoryWindow,
  source: "figures" | "gateway",
): Promise<number[]> {
  const minutes: number[] = new Array(window.edges.length - 1).fill(0);
  const from = window.edges[0] ?? new Date(0);
  const to = window.edges.at(-1) ?? from;
  const { seconds } = SOURCE[window.step];
  const rows = await sql<{ at: Date; minutes: number }[]>`
    select ${startOf(sql, "minute", seconds)} as at, count(*)::int as minutes
    from metric_measured
    where source = ${source} and minute >= ${from} and minute < ${to}
    group by 1`;
  for (const row of rows) {
    const index = stepIndex(window, row.at);
    minutes[index] = (minutes[index] ?? 0) + row.minutes;
  }
  return minutes;
}

/** Minutes of each step that have begun. */
function begunMinutes({ edges }: HistoryWindow, now: Date): number[] {
  return edges.slice(0, -1).map((edge, index) => {
    const end = Math.min((edges[index + 1] ?? edge).getTime(), now.getTime());
    return Math.max(0, Math.ceil((end - edge.getTime()) / 60_000));
  });
}

/** A step in which a minute was measured is known; what was not measured of it adds nothing. */
function tabulate(
  measures: readonly HistoryMeasure[],
  steps: readonly Sums[],
  known: (measure: HistoryMeasure, index: number) => boolean,
): { values: HistoryValues; totals: HistoryTotals } {
  const whole = new Map<string, number>();
  for (const step of steps) addSums(whole, step);
  return {
    values: Object.fromEntries(measures.map((measure) => [
      measure,
      steps.map((sums, index) => known(measure, index) ? figureOf(measure, sums) : null),
    ])),
    totals: Object.fromEntries(measures.map((measure) => [
      measure,
      steps.some((_, index) => known(measure, index)) ? figureOf(measure, whole) : null,
    ])),
  };
}

function byKey(
  counts: readonly Count[],
  window: HistoryWindow,
): Map<string, Map<string, number>[]> {
  const keys = new Map<string, Map<string, number>[]>();
  for (const { at, key, measure, value } of counts) {
    let steps = keys.get(key);
    if (steps === undefined) {
      steps = window.edges.slice(0, -1).map(() => new Map());
      keys.set(key, steps);
    }
    const sums = steps[stepIndex(window, at)];
    sums?.set(measure, (sums.get(measure) ?? 0) + value);
  }
  return keys;
}

/** How busy a series is: what it submitted, or delivered where nothing is submitted. */
function weightOf(steps: readonly Sums[]): number {
  const names = ["submitted", "gateway_submit", "sent", "delivered", "mo"];
  return steps.reduce(
    (sum, step) => names.reduce((inner, name) => inner + (step.get(name) ?? 0), sum),
    0,
  );
}

/** Reads a history and that of the period before. Four queries, two with `by: "account"`. */
export async function readHistory(
  sql: Sql,
  query: HistoryQuery,
  now: Date = new Date(),
): Promise<History> {
  const { window, measures } = query;
  const previous = previousWindow(window);
  const windows = [window, previous];
  const [now_, before] = await Promise.all(windows.map(async (each) => {
    const [counts, figures, gateway] = await Promise.all([
      readCounts(sql, query, each),
      readMeasured(sql, each, "figures"),
      measures.some(isGatewayMeasure) ? readMeasured(sql, each, "gateway") : [],
    ]);
    const known = (measure: HistoryMeasure, index: number): boolean =>
      ((isGatewayMeasure(measure) ? gateway : figures)[index] ?? 0) > 0;
    const own = measures.some((measure) => !isGatewayMeasure(measure));
    return { series: byKey(counts, each), known, measured: own ? figures : gateway };
  }));
  if (now_ === undefined || before === undefined) throw new Error("Two windows give two answers");
  const empty = window.edges.slice(0, -1).map((): Sums => new Map());
  const keys = query.by === undefined
    ? [""]
    : [...now_.series].map(([key, steps]) => ({ key, weight: weightOf(steps) }))
      .sort((left, right) => right.weight - left.weight || (left.key < right.key ? -1 : 1))
      .map(({ key }) => key);
  const begun = begunMinutes(window, now);
  return {
    window,
    previous,
    coverage: now_.measured.map((minutes, index) => {
      const of = begun[index] ?? 0;
      return of === 0 ? 0 : Math.min(1, minutes / of);
    }),
    series: keys.slice(0, MOST_SERIES).map((key) => {
      const { values, totals } = tabulate(measures, now_.series.get(key) ?? empty, now_.known);
      const past = tabulate(measures, before.series.get(key) ?? empty, before.known);
      return {
        key: query.by === undefined ? null : key,
        values,
        totals,
        previousValues: past.values,
        previousTotals: past.totals,
      };
    }),
    leftOut: Math.max(0, keys.length - MOST_SERIES),
  };
}

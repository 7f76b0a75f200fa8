import { z } from "zod";
import type {
  Figures,
  FiguresOf,
  HistoryValues,
  NamedHistory,
  RecentSeconds,
} from "../../../../services/metrics/mod.ts";
import {
  HISTORY_MEASURES,
  HISTORY_STEPS,
  SECOND_MEASURES,
} from "../../../../services/metrics/mod.ts";
import { id, timestamp } from "../../fields.ts";

const count = z.number().min(0).meta({ description: "Of the last second" });

/** Whose figures an answer has. */
export const ofFields = {
  account_id: id.nullable().meta({ description: "Null: the whole installation's" }),
} as const;

export function showOf(of: FiguresOf): { account_id: string | null } {
  return { account_id: of.kind === "installation" ? null : of.accountId };
}

export const figuresSchema = z.strictObject({
  at: timestamp,
  mt_per_second: z.strictObject({
    submitted: count,
    accepted: count,
    sent: count,
    delivered: count,
    failed: count,
  }),
  mo_per_second: count,
  today: z.strictObject({
    submitted: z.number(),
    delivered: z.number(),
    failed: z.number(),
    unconfirmed: z.number(),
    received: z.number(),
    delivery_rate: z.number().nullable().meta({
      description: "Delivered out of those that were closed, 0 to 1",
    }),
    delivery_mean_ms: z.number().nullable(),
    delivery_p95_ms: z.number().nullable().meta({ description: "Exact to 19 %" }),
  }),
  queue: z.strictObject({
    waiting: z.number(),
    accepted: z.number(),
    sent: z.number(),
    uncertain: z.number(),
  }),
}).meta({ id: "Figures" });

export function showFigures(figures: Figures): z.input<typeof figuresSchema> {
  const { at, mt_per_second, mo_per_second, today, queue } = figures;
  return { at: at.toISOString(), mt_per_second, mo_per_second, today, queue };
}

/** A value a step; null is a gap. */
const series = z.array(z.number().nullable()).readonly();

// fromEntries() forgets the keys; each measure is there.
function bySecondMeasure(): Record<(typeof SECOND_MEASURES)[number], typeof series> {
  return Object.fromEntries(SECOND_MEASURES.map((measure) => [measure, series])) as ReturnType<
    typeof bySecondMeasure
  >;
}

export const recentSchema = z.strictObject({
  ...ofFields,
  from: timestamp.meta({ description: "The second of the first value" }),
  to: timestamp.meta({ description: "The second of the last value" }),
  series: z.strictObject(bySecondMeasure()),
}).meta({
  id: "RecentSeconds",
  description: "300 values of each, oldest first; null where nobody measured",
});

export function showRecent(of: FiguresOf, recent: RecentSeconds): z.input<typeof recentSchema> {
  return {
    ...showOf(of),
    from: recent.from.toISOString(),
    to: recent.to.toISOString(),
    series: recent.series,
  };
}

const measure = z.enum(HISTORY_MEASURES);
const values = z.partialRecord(measure, series);
const totals = z.partialRecord(measure, z.number().nullable());

export const historySchema = z.strictObject({
  step: z.enum(HISTORY_STEPS),
  edges: z.array(timestamp).meta({
    description: "Where each step begins, and at last where the last one ends",
  }),
  previous_edges: z.array(timestamp).meta({ description: "The same of the period before" }),
  coverage: z.array(z.number()).meta({
    description: "Share of each step in which somebody measured, 0 to 1",
  }),
  series: z.array(z.strictObject({
    key: z.string().nullable().meta({
      description: "A connector's cid or an account's id; null for all together",
    }),
    name: z.string(),
    values: values.meta({ description: "A value a step; null is a gap, or a rate of nothing" }),
    totals,
    previous_values: values,
    previous_totals: totals,
  })),
  left_out: z.int().meta({ description: "Series that are not here: the 20 busiest are" }),
}).meta({ id: "MetricsHistory" });

export function showHistory(history: NamedHistory): z.input<typeof historySchema> {
  const show = (given: HistoryValues) =>
    Object.fromEntries(
      Object.entries(given).map(([name, list]) => [name, [...list]]),
    );
  return {
    step: history.window.step,
    edges: history.window.edges.map((edge) => edge.toISOString()),
    previous_edges: history.previous.edges.map((edge) => edge.toISOString()),
    coverage: [...history.coverage],
    series: history.series.map((each) => ({
      key: each.key,
      name: history.nameOf(each.key),
      values: show(each.values),
      totals: each.totals,
      previous_values: show(each.previousValues),
      previous_totals: each.previousTotals,
    })),
    left_out: history.leftOut,
  };
}

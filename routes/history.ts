/**
 * The dashboard over a day, a week or a month, gathered for its page.
 * @module
 */
import type { Context } from "fresh";
import { can } from "../services/auth/mod.ts";
import { historyCsv, type NamedHistory, type Viewer } from "../services/metrics/mod.ts";
import type { State } from "./state.ts";

/** The periods that the dashboard offers beside the present. */
export const PERIODS = ["day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** Whether a query's text names a period. */
export function isPeriod(text: string): text is Period {
  return PERIODS.some((period) => period === text);
}

/** What is shown of a period. */
export interface HistoryRead {
  readonly period: Period;
  /** All that the viewer may see, in one series. */
  readonly whole: NamedHistory;
  /** A series a connector; null for who may not see them. */
  readonly connectors: NamedHistory | null;
}

/** Reads a period with the one before it. */
export async function readHistory(
  { state: { services } }: Pick<Context<State>, "state">,
  viewer: Viewer,
  period: Period,
): Promise<HistoryRead> {
  const [whole, connectors] = await Promise.all([
    services.metrics.history(viewer, { range: period }),
    can(viewer, "connectors:read")
      ? services.metrics.history(viewer, { range: period, by: "connector" })
      : null,
  ]);
  return { period, whole, connectors };
}

/** The same for a spreadsheet: the whole, then each connector. */
export function csvOf({ period, whole, connectors }: HistoryRead): Response {
  const parts = [whole, ...connectors === null ? [] : [connectors]];
  const { measures } = whole;
  const [head = "", ...more] = parts.map((part) => historyCsv(part, measures, part.nameOf));
  // One table: the head of the second part would be a row of words.
  const rows = more.map((csv) => csv.slice(csv.indexOf("\n") + 1));
  return new Response([head, ...rows].join(""), {
    headers: {
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="traffic-${period}.csv"`,
      "content-type": "text/csv; charset=utf-8",
    },
  });
}

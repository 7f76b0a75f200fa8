import { z } from "zod";
import {
  HISTORY_MEASURES,
  HISTORY_RANGES,
  HISTORY_STEPS,
  historyCsv,
  type HistoryInput,
} from "../../../../services/metrics/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import { historySchema, showHistory } from "./schemas.ts";

const CSV = "text/csv; charset=utf-8";

const moment = z.iso.datetime({ offset: true }).meta({ example: "2026-01-31T12:00:00Z" });

const historyQuery = z.strictObject({
  range: z.enum(HISTORY_RANGES).default("day").meta({
    description: "Ends now, unless it is custom. For seconds see /api/v1/metrics/recent",
  }),
  from: moment.optional().meta({ description: "Of a custom range" }),
  to: moment.optional().meta({ description: "Of a custom range; now, when left out" }),
  step: z.enum(HISTORY_STEPS).optional().meta({
    description: "Steps up to 15m are kept for 45 days, 1h for 2 years, 1d for ever. " +
      "1d is a day of the service's time zone",
  }),
  by: z.enum(["connector", "account"]).optional().meta({
    description: "A series each, the 20 busiest",
  }),
  account_id: id.optional().meta({ description: "With everything below it" }),
  connector: z.string().min(1).max(64).optional(),
  measures: z.array(z.enum(HISTORY_MEASURES)).max(HISTORY_MEASURES.length).optional().meta({
    description: "All that the caller may see, when left out. What the gateway counts " +
      "(gateway_*) is all traffic over connectors, whoever sent it",
  }),
  format: z.enum(["json", "csv"]).optional().meta({
    description: "As the header Accept says, when left out",
  }),
});

function inputOf(query: z.output<typeof historyQuery>): HistoryInput {
  const { range, from, to, step, by, account_id, connector, measures } = query;
  return {
    range,
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(step === undefined ? {} : { step }),
    ...(by === undefined ? {} : { by }),
    ...(account_id === undefined ? {} : { accountId: account_id }),
    ...(connector === undefined ? {} : { connector }),
    ...(measures === undefined ? {} : { measures }),
  };
}

/** Whether a client that names no format would rather have a table. */
function prefersCsv(accept: string | null): boolean {
  return accept !== null && /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}

export const readMetricsHistory = endpoint({
  method: "GET",
  path: "/api/v1/metrics/history",
  summary: "Read figures over time, beside those of the period before",
  description: "A step in which nobody measured is null, and a row of empty fields in CSV.",
  tags: ["Metrics"],
  permission: "metrics:read",
  query: historyQuery,
  responses: { 200: { description: "The figures", schema: historySchema, text: CSV } },
  async handle({ query, principal, services, request }) {
    const history = await services.metrics.history(principal, inputOf(query));
    const csv = query.format === "csv" ||
      (query.format === undefined && prefersCsv(request.headers.get("accept")));
    if (!csv) return { status: 200, body: showHistory(history) };
    return {
      status: 200,
      headers: {
        "Content-Type": CSV,
        "Content-Disposition": `attachment; filename="metrics-${query.range}.csv"`,
      },
      body: historyCsv(history, history.measures, history.nameOf),
    };
  },
});

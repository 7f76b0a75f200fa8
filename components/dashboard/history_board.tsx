import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import type { HistorySeries, NamedHistory } from "../../services/metrics/mod.ts";
import type { UnitKey } from "../chart/traffic_lanes.tsx";
import { Legend } from "../chart/legend.tsx";
import { Figure, FigureStrip } from "../figure_strip.tsx";
import { Cell, Grid } from "../grid.tsx";
import { Panel } from "../panel.tsx";
import { ByConnector, changeOf, StepTable } from "./history_tables.tsx";
import type { TrafficView } from "./traffic.tsx";
import type { DashboardWords } from "./words.ts";

/** A period of the dashboard, as it is read. */
export interface PeriodRead {
  readonly period: "day" | "week" | "month";
  readonly whole: NamedHistory;
  readonly connectors: NamedHistory | null;
}

/** How the steps of a period are told: their unit, and how many of it make a step. */
const STEPS: Readonly<Record<PeriodRead["period"], { unit: UnitKey; per: number }>> = {
  day: { unit: "chart.perMinute", per: 5 },
  week: { unit: "chart.perHour", per: 1 },
  month: { unit: "chart.perDay", per: 1 },
};

function periodWords(t: T<"time">, period: PeriodRead["period"]): string {
  switch (period) {
    case "day":
      return t("time.lastHours", { n: 24 });
    case "week":
      return t("time.lastDays", { n: 7 });
    case "month":
      return t("time.lastDays", { n: 30 });
  }
}

/** The lanes of a period, each with the one before. */
export function historyView(
  t: T<"dashboard" | "time">,
  { period, whole }: Pick<PeriodRead, "period" | "whole">,
): TrafficView {
  const { unit, per } = STEPS[period];
  const [series] = whole.series;
  // A step that is not over would look like a fall; of a month it is today, which is asked for.
  const open = period === "month" ? 0 : 1;
  const cut = (values: readonly (number | null)[] = []) =>
    values.slice(0, values.length - open).map((value) => value === null ? null : value / per);
  const edges = whole.window.edges;
  return {
    from: edges[0] ?? new Date(0),
    to: edges[Math.max(0, edges.length - 2)] ?? new Date(0),
    period: periodWords(t, period),
    events: [],
    lanes: [
      {
        series: "mt",
        name: t("dashboard.submitted"),
        unit,
        values: cut(series?.values.submitted),
        before: cut(series?.previousValues.submitted),
      },
      {
        series: "mo",
        name: t("dashboard.received"),
        unit,
        values: cut(series?.values.received),
        before: cut(series?.previousValues.received),
      },
      {
        series: "failed",
        name: t("dashboard.failed"),
        unit,
        values: cut(series?.values.failed),
        kind: "bars",
      },
    ],
  };
}

interface Props {
  readonly t: T<DashboardWords>;
  readonly read: PeriodRead;
  readonly chart: (view: TrafficView) => VNode;
}

/** The traffic of a day, a week or a month, by time and by connector. */
export function HistoryBoard({ t, read, chart }: Props): VNode {
  const { whole, connectors } = read;
  const [series] = whole.series;
  const view = historyView(t, read);
  return (
    <>
      {series !== undefined && <Totals t={t} series={series} />}
      <Grid>
        <Cell span="full">
          <Panel
            title={t("dashboard.traffic", { period: view.period })}
            actions={
              <Legend
                items={[
                  { series: "mt", label: t("dashboard.submitted") },
                  { series: "mo", label: t("dashboard.received") },
                  { series: "failed", label: t("dashboard.failed") },
                  { series: "before", label: t("chart.previous") },
                ]}
              />
            }
          >
            {chart(view)}
          </Panel>
        </Cell>
        {connectors !== null && (
          <Cell span="full">
            <ByConnector t={t} history={connectors} />
          </Cell>
        )}
        <Cell span="full">
          <StepTable t={t} history={whole} />
        </Cell>
      </Grid>
    </>
  );
}

function Totals({ t, series }: { t: Props["t"]; series: HistorySeries }): VNode {
  const { format } = t;
  const { totals, previousTotals: before } = series;
  const none = t("common.notAvailable");
  const count = (value: number | null | undefined) =>
    typeof value === "number" ? format.number(value) : none;
  const against = (now: number | null | undefined, then: number | null | undefined) => {
    const change = changeOf(now, then);
    return change === null
      ? t("dashboard.noneBefore")
      : t("dashboard.againstBefore", { change: format.signed(change) });
  };
  const rate = totals.delivery_rate ?? null;
  const rateBefore = before.delivery_rate ?? null;
  const mean = totals.delivery_mean_ms ?? null;
  const p95 = totals.delivery_p95_ms ?? null;
  const p95Before = before.delivery_p95_ms ?? null;
  return (
    <FigureStrip label={t("dashboard.figures")} columns={6}>
      <Figure
        label={t("dashboard.submitted")}
        value={count(totals.submitted)}
        note={against(totals.submitted, before.submitted)}
      />
      <Figure
        label={t("dashboard.delivered")}
        value={count(totals.delivered)}
        note={against(totals.delivered, before.delivered)}
      />
      <Figure
        label={t("dashboard.failed")}
        value={count(totals.failed)}
        note={against(totals.failed, before.failed)}
      />
      <Figure
        label={t("dashboard.received")}
        value={count(totals.received)}
        note={against(totals.received, before.received)}
      />
      <Figure
        label={t("dashboard.deliveryRate")}
        value={rate === null ? none : format.number(rate * 100, { exactly: 1 })}
        unit={rate === null ? undefined : t("chart.percent")}
        absent={rate === null}
        note={rate === null
          ? t("dashboard.noneClosed")
          : rateBefore === null
          ? t("dashboard.noneBefore")
          : t("dashboard.pointsBefore", { change: format.signed((rate - rateBefore) * 100) })}
      />
      <Figure
        label={t("dashboard.deliveryTime")}
        value={mean === null ? none : format.number(mean / 1_000, { exactly: 1 })}
        unit={mean === null ? undefined : t("dashboard.meanUnit")}
        absent={mean === null}
        note={p95 === null ? t("dashboard.noneClosed") : [
          t("dashboard.p95", { span: format.duration(p95) }),
          ...p95Before === null
            ? []
            : [t("dashboard.spanBefore", { span: format.duration(p95Before) })],
        ].join(", ")}
      />
    </FigureStrip>
  );
}

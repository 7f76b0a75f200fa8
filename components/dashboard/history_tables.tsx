import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import type { HistorySeries, NamedHistory } from "../../services/metrics/mod.ts";
import { Sparkline } from "../chart/sparkline.tsx";
import { EmptyState } from "../empty_state.tsx";
import { Panel } from "../panel.tsx";
import { RowLink } from "../row_link.tsx";
import { type Column, Table } from "../table.tsx";
import type { DashboardWords } from "./words.ts";

interface Props {
  readonly t: T<DashboardWords>;
  readonly history: NamedHistory;
}

/** A change against the period before, in percent; null where there is nothing to compare with. */
export function changeOf(
  now: number | null | undefined,
  before: number | null | undefined,
): number | null {
  return typeof now === "number" && typeof before === "number" && before > 0
    ? (now / before - 1) * 100
    : null;
}

/** A row a connector, the busiest first. */
export function ByConnector({ t, history }: Props): VNode {
  const { format } = t;
  const none = t("common.notAvailable");
  const count = (value: number | null | undefined) =>
    typeof value === "number" ? format.number(value) : none;
  const columns: readonly Column<HistorySeries>[] = [
    {
      key: "name",
      head: t("dashboard.name"),
      grow: true,
      cell: ({ key }) => (
        <RowLink href={`/connectors/${encodeURIComponent(key ?? "")}`} title={key ?? undefined}>
          <span class="block truncate">{key}</span>
        </RowLink>
      ),
    },
    {
      key: "trend",
      head: t("dashboard.trafficTitle"),
      hide: "phone",
      width: "w-28",
      cell: ({ values }) => <Sparkline values={values.gateway_submit ?? []} width={96} />,
    },
    {
      key: "submit",
      head: t("dashboard.submits"),
      align: "end",
      cell: ({ totals }) => count(totals.gateway_submit),
    },
    {
      key: "change",
      head: t("dashboard.change"),
      align: "end",
      hide: "phone",
      cell: ({ totals, previousTotals }) => {
        const change = changeOf(totals.gateway_submit, previousTotals.gateway_submit);
        return change === null ? none : `${format.signed(change)} %`;
      },
    },
    {
      key: "rate",
      head: t("dashboard.deliveryRate"),
      align: "end",
      cell: ({ totals: { delivery_rate: rate } }) =>
        typeof rate === "number" ? format.percent(rate) : none,
    },
    {
      key: "throttled",
      head: t("dashboard.throttled"),
      align: "end",
      hide: "medium",
      cell: ({ totals }) => count(totals.gateway_throttled),
    },
    {
      key: "errors",
      head: t("dashboard.errors"),
      align: "end",
      hide: "medium",
      cell: ({ totals }) => count(totals.gateway_errors),
    },
  ];
  return (
    <Panel
      title={t("dashboard.byConnector")}
      padded={false}
      foot={history.leftOut > 0 ? t("dashboard.leftOut", { n: history.leftOut }) : undefined}
    >
      <Table
        t={t}
        caption={t("dashboard.byConnector")}
        columns={columns}
        rows={history.series}
        keyOf={({ key }) => key ?? ""}
        sticky={false}
        empty={<EmptyState kind="good" title={t("dashboard.noTraffic")} />}
      />
    </Panel>
  );
}

/** The chart's values as a table, on request. */
export function StepTable({ t, history }: Props): VNode {
  const { format } = t;
  const { edges } = history.window;
  const values = history.series[0]?.values ?? {};
  const end = edges.at(-1) ?? new Date(0);
  const cell = (name: "submitted" | "delivered" | "failed" | "received") => (at: number) => {
    const value = values[name]?.[at] ?? null;
    return value === null ? t("chart.gap") : format.number(value);
  };
  const columns: readonly Column<number>[] = [
    {
      key: "time",
      head: t("chart.time"),
      cell: (at) => {
        const edge = edges[at] ?? end;
        return `${format.day(edge, end)}, ${format.clock(edge)}`;
      },
    },
    ...(["submitted", "delivered", "failed", "received"] as const).map((
      name,
    ): Column<number> => ({
      key: name,
      head: t(`dashboard.${name}`),
      align: "end",
      cell: cell(name),
    })),
  ];
  const rows = edges.slice(0, -1).map((_, at) => at).reverse();
  return (
    <details class="rounded-6 border border-line-strong bg-surface">
      <summary class="px-4 py-2 text-ink-2 hover:text-ink">{t("chart.asTable")}</summary>
      <div class="max-h-96 overflow-auto border-t border-line" tabIndex={0}>
        <Table
          t={t}
          caption={t("dashboard.trafficTitle")}
          columns={columns}
          rows={rows}
          keyOf={String}
          sticky={false}
        />
      </div>
    </details>
  );
}

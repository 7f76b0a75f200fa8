import type { VNode } from "preact";
import { type Seconds, slope } from "./seconds.ts";
import type { DashboardState } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { Sparkline } from "../chart/sparkline.tsx";
import { LiveValue } from "../live_value.tsx";
import { Panel } from "../panel.tsx";
import { type Column, Table } from "../table.tsx";
import { inBars } from "./traffic.tsx";

interface Queue {
  readonly key: string;
  readonly name: string;
  readonly count: number | null;
  readonly series: Seconds | null;
}

interface Props {
  readonly t: T<"common" | "dashboard" | "table" | "time">;
  readonly state: Pick<DashboardState, "figures" | "traffic">;
}

/** Where messages wait, and whether that grows. */
export function Queues({ t, state: { figures, traffic } }: Props): VNode {
  const queue = figures?.queue;
  const rows: readonly Queue[] = [
    {
      key: "waiting",
      name: t("dashboard.queueMessages"),
      count: queue?.waiting ?? null,
      series: traffic.waiting,
    },
    {
      key: "accepted",
      name: t("dashboard.queueAccepted"),
      count: queue?.accepted ?? null,
      series: null,
    },
    { key: "sent", name: t("dashboard.queueReceipts"), count: queue?.sent ?? null, series: null },
    {
      key: "uncertain",
      name: t("dashboard.queueUncertain"),
      count: queue?.uncertain ?? null,
      series: null,
    },
  ];
  const columns: readonly Column<Queue>[] = [
    {
      key: "name",
      head: t("dashboard.queue"),
      grow: true,
      cell: ({ name }) => <span class="block truncate" title={name}>{name}</span>,
    },
    {
      key: "trend",
      head: t("time.lastMinutes", { n: 5 }),
      width: "w-16",
      cell: ({ series }) =>
        series !== null && <Sparkline values={inBars(series)} bad={(slope(series) ?? 0) >= 1} />,
    },
    {
      key: "waiting",
      head: t("dashboard.waitingColumn"),
      align: "end",
      width: "w-20",
      cell: ({ key, count }) => (
        <LiveValue name={`queue.${key}`}>
          {count === null ? t("common.notAvailable") : t.format.number(count)}
        </LiveValue>
      ),
    },
  ];
  return (
    <Panel
      title={t("dashboard.queues")}
      sub={queue === undefined ? undefined : t("dashboard.waiting", { n: queue.waiting })}
      padded={false}
    >
      <Table
        t={t}
        caption={t("dashboard.queues")}
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        sticky={false}
      />
    </Panel>
  );
}

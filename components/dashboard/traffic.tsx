import type { ComponentChildren, VNode } from "preact";
import type { Seconds } from "./seconds.ts";
import type { DashboardState } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { Legend } from "../chart/legend.tsx";
import type { LaneData } from "../chart/traffic_lanes.tsx";
import { LiveValue } from "../live_value.tsx";
import { Panel } from "../panel.tsx";

/** A bar stands for so many seconds: 300 of them would be hairs. */
const BAR_SECONDS = 5;

/** Means of every few values; null where none of them was measured. */
export function inBars(series: Seconds): Seconds {
  return Array.from({ length: Math.floor(series.length / BAR_SECONDS) }, (_, bar) => {
    const known = series.slice(bar * BAR_SECONDS, (bar + 1) * BAR_SECONDS)
      .filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** What a chart of the traffic is made of. */
export interface TrafficView {
  readonly lanes: LaneData[];
  readonly from: Date;
  readonly to: Date;
  readonly period: string;
  readonly events: { readonly at: Date; readonly label: string }[];
}

/** The last five minutes as lanes, with the connectors that went down in them. */
export function trafficView(
  t: T<"dashboard" | "time">,
  { traffic, happenings }: Pick<DashboardState, "happenings" | "traffic">,
): TrafficView {
  const to = traffic.to * 1_000;
  const events = happenings.flatMap((event) =>
    event.kind === "connector" && event.state === "down" && event.before !== null
      ? [{
        at: new Date(event.at),
        label: t("dashboard.connectorDown", {
          name: event.cid,
          time: t.format.time(new Date(event.at)),
        }),
      }]
      : []
  );
  return {
    from: new Date(to - (traffic.mt.length - 1) * 1_000),
    to: new Date(to),
    period: t("time.lastMinutes", { n: 5 }),
    events,
    lanes: [
      { series: "mt", name: t("dashboard.mt"), unit: "chart.perSecond", values: traffic.mt },
      { series: "mo", name: t("dashboard.mo"), unit: "chart.perSecond", values: traffic.mo },
      {
        series: "failed",
        name: t("dashboard.failed"),
        unit: "chart.perSecond",
        values: inBars(traffic.failed),
        kind: "bars",
      },
    ],
  };
}

interface Props {
  readonly t: T<"chart" | "common" | "dashboard" | "time">;
  readonly traffic: DashboardState["traffic"];
  /** The chart. */
  readonly children: ComponentChildren;
}

/** The traffic of the last five minutes, its last values in the legend. */
export function Traffic({ t, traffic, children }: Props): VNode {
  const last = (series: Seconds) => {
    const value = series.at(-1) ?? null;
    const words = value === null ? t("common.notAvailable") : t.format.number(value, 1);
    return <LiveValue>{words}</LiveValue>;
  };
  return (
    <Panel
      title={t("dashboard.traffic", { period: t("time.lastMinutes", { n: 5 }) })}
      actions={
        <Legend
          items={[
            { series: "mt", label: t("dashboard.mt"), value: last(traffic.mt) },
            { series: "mo", label: t("dashboard.mo"), value: last(traffic.mo) },
            { series: "failed", label: t("dashboard.failed"), value: last(traffic.failed) },
          ]}
        />
      }
    >
      {children}
    </Panel>
  );
}

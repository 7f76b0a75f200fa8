import type { ComponentChildren, VNode } from "preact";
import type { KeyOf, T } from "../../services/i18n/client.ts";
import { axisFor, momentsBetween } from "./axis.ts";
import { Lane } from "./lane.tsx";
import type { SeriesName } from "./legend.tsx";
import type { Series } from "./path.ts";

/** Units of lanes. */
export type UnitKey = Extract<
  KeyOf<"chart">,
  `chart.${
    | "perSecond"
    | "perMinute"
    | "perHour"
    | "perDay"
    | "percent"
    | "seconds"
    | "milliseconds"}`
>;

/** One quantity of the stack. */
export interface LaneData {
  readonly series: SeriesName;
  /** Its name, already translated: "MT", "Response time, p95". */
  readonly name: string;
  /** Absent for counts. */
  readonly unit?: UnitKey;
  readonly values: Series;
  readonly before?: Series;
  readonly kind?: "line" | "bars";
  /** @default tall for the first, low for the rest, bars for bars */
  readonly height?: "tall" | "middle" | "low" | "bars";
  readonly limit?: { readonly value: number; readonly label: string };
  /** Decimals of ticks and of the last value. @default 0 and 1 */
  readonly digits?: number;
  /** Whether the last value stands at the end of the lane's label, where no legend says it. */
  readonly valueInLabel?: boolean;
}

interface Props {
  readonly t: T<"chart">;
  readonly lanes: readonly LaneData[];
  readonly from: Date;
  readonly to: Date;
  /** The period in words: "last 5 minutes". */
  readonly period: string;
  readonly events?: readonly { readonly at: Date; readonly label: string }[];
  /** What an island draws over the lanes. */
  readonly children?: ComponentChildren;
}

/**
 * Lanes over one time axis: quantities of different size never share a y axis. Complete from the
 * server; an island may draw over it.
 */
export function TrafficLanes(
  { t, lanes, from, to, period, events = [], children }: Props,
): VNode {
  const span = to.getTime() - from.getTime();
  const share = (at: Date) => (at.getTime() - from.getTime()) / span;
  const times = momentsBetween(from, to).map((at) => ({
    at: share(at),
    label: span > 2 * 86_400_000 ? t.format.day(at, to) : t.format.clock(at),
  }));
  const shown = events.filter(({ at }) => at >= from && at <= to);
  return (
    <div class="relative pb-3" data-lanes>
      {lanes.map((lane, place) => {
        const kind = lane.kind ?? "line";
        const height = lane.height ?? (kind === "bars" ? "bars" : place === 0 ? "tall" : "low");
        const known = lane.values.filter((value) => value !== null);
        const most = Math.max(
          0,
          ...known,
          ...(lane.before ?? []).map((value) => value ?? 0),
          lane.limit === undefined ? 0 : lane.limit.value * 1.1,
        );
        const axis = axisFor(most, height === "tall" ? 3 : height === "middle" ? 2 : 1);
        const unit = lane.unit === undefined ? "" : t(lane.unit);
        const last = lane.values.at(-1) ?? null;
        const write = (value: number) => t.format.number(value, lane.digits ?? 1);
        const label = known.length === 0 ? t("chart.empty", { name: lane.name, period }) : t(
          "chart.lane",
          {
            name: lane.name,
            unit,
            period,
            last: last === null ? t("chart.gap") : write(last),
            least: write(Math.min(...known)),
            most: write(Math.max(...known)),
          },
        );
        return (
          <div key={lane.series}>
            <p class="flex justify-between text-11 text-ink-3">
              <span>
                {unit === "" ? lane.name : t("chart.ratesOf", { name: lane.name, unit })}
              </span>
              {lane.valueInLabel === true && last !== null && (
                <b class="text-12 font-medium text-ink">{write(last)}</b>
              )}
            </p>
            <Lane
              series={lane.series}
              values={lane.values}
              before={lane.before}
              axis={axis}
              write={(value) => t.format.number(value, 2)}
              height={height}
              kind={kind}
              limit={lane.limit}
              events={place === 0
                ? shown.map(({ at, label: words }) => ({ at: share(at), label: words }))
                : []}
              times={place === lanes.length - 1 ? times : []}
              label={label}
            />
          </div>
        );
      })}
      {children}
    </div>
  );
}

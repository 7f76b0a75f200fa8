import type { ComponentChildren, VNode } from "preact";
import { cx } from "../cx.ts";

/** Colours of series, by what they are; the same on every page. */
export const SERIES = {
  mt: { fill: "fill-chart-1", stroke: "stroke-chart-1", bg: "bg-chart-1" },
  mo: { fill: "fill-chart-2", stroke: "stroke-chart-2", bg: "bg-chart-2" },
  delivered: { fill: "fill-chart-1", stroke: "stroke-chart-1", bg: "bg-chart-1" },
  failed: { fill: "fill-chart-5", stroke: "stroke-chart-5", bg: "bg-chart-5" },
  queue: { fill: "fill-chart-3", stroke: "stroke-chart-3", bg: "bg-chart-3" },
  time: { fill: "fill-chart-4", stroke: "stroke-chart-4", bg: "bg-chart-4" },
  sixth: { fill: "fill-chart-6", stroke: "stroke-chart-6", bg: "bg-chart-6" },
  seventh: { fill: "fill-chart-7", stroke: "stroke-chart-7", bg: "bg-chart-7" },
  other: { fill: "fill-chart-8", stroke: "stroke-chart-8", bg: "bg-chart-8" },
  before: { fill: "fill-ink-3", stroke: "stroke-ink-3", bg: "bg-ink-3" },
  pending: { fill: "fill-idle-line", stroke: "stroke-idle-line", bg: "bg-idle-line" },
  uncertain: { fill: "fill-warn", stroke: "stroke-warn", bg: "bg-warn" },
} as const;
export type SeriesName = keyof typeof SERIES;

/** One line of a legend. */
export interface LegendItem {
  readonly series: SeriesName;
  readonly label: string;
  /** The last value, or the count. */
  readonly value?: ComponentChildren;
}

interface Props {
  readonly items: readonly LegendItem[];
  /** A line for a line, a block for a part. @default line */
  readonly mark?: "line" | "block";
  /** Close together, on one line. */
  readonly dense?: boolean;
}

/** Names of series or parts, with their last values. */
export function Legend({ items, mark = "line", dense = false }: Props): VNode {
  return (
    <ul
      class={cx(
        "flex flex-wrap text-12 text-ink-2",
        dense ? "gap-x-3 gap-y-0.5" : "gap-x-4 gap-y-1",
      )}
    >
      {items.map(({ series, label, value }) => (
        <li
          key={series}
          class={cx("inline-flex items-center whitespace-nowrap", dense ? "gap-1" : "gap-1.5")}
        >
          <span
            data-shape={series}
            class={cx(
              "flex-none",
              mark === "line" ? "h-0.5 w-2.5" : cx("h-2 rounded-[1px]", dense ? "w-1.5" : "w-2.5"),
              SERIES[series].bg,
            )}
          />
          {label}
          {value !== undefined && <b class="font-medium text-ink">{value}</b>}
        </li>
      ))}
    </ul>
  );
}

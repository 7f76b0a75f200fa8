import type { ComponentChildren, VNode } from "preact";
import { useId } from "preact/hooks";
import { cx } from "../cx.ts";
import type { Axis } from "./axis.ts";
import { SERIES, type SeriesName } from "./legend.tsx";
import { areaPath, gapsOf, linePath, type Series } from "./path.ts";

/** Something that happened, as a vertical line with words. */
export interface LaneEvent {
  /** Where on the time axis, 0 to 1. */
  readonly at: number;
  readonly label: string;
}

/** How high a lane's plot is. */
const HEIGHTS = {
  tall: "mt-1 mb-2 ml-9 h-44",
  middle: "mt-1 mb-2 ml-9 h-28",
  low: "mt-1 mb-2 ml-9 h-10",
  bars: "mt-1 mb-2 ml-9 h-7",
  wall: "ml-64 h-full",
} as const;

/** Sizes of what doesn't scale, in px on a page, in thousandths of its width on a wall. */
const PAGE = {
  text: "text-11",
  line: "[stroke-width:1.5px]",
  before: "[stroke-width:1px]",
  dot: "[r:3.5px]",
};
const WALL = {
  text: "wall-24",
  line: "[stroke-width:calc(3*var(--spacing))]",
  before: "[stroke-width:calc(2*var(--spacing))]",
  dot: "[r:calc(6*var(--spacing))]",
};

interface Props {
  readonly series: SeriesName;
  readonly values: Series;
  readonly axis: Axis;
  /** Writes a tick. */
  readonly write: (value: number) => string;
  readonly height: keyof typeof HEIGHTS;
  /** Bars for counts, a line for rates. @default line */
  readonly kind?: "line" | "bars";
  /** The same period before. */
  readonly before?: Series | undefined;
  readonly limit?: { readonly value: number; readonly label: string } | undefined;
  readonly events?: readonly LaneEvent[];
  /** Labels of the shared time axis, under the last lane: places 0 to 1. */
  readonly times?: readonly { readonly at: number; readonly label: string }[];
  /** The sentence that says what the chart shows. */
  readonly label: string;
  /** What an island draws in its place. */
  readonly children?: ComponentChildren;
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
const GAP_STROKE = "stroke-line-strong";

/**
 * One quantity over time. All is placed by percentages, so that it is complete from the server at
 * any width, and its words never scale.
 */
export function Lane(props: Props): VNode {
  const { series, values, axis, write, height, kind = "line", before, limit, label } = props;
  const { events = [], times = [], children } = props;
  const hatch = useId();
  const colours = SERIES[series];
  const size = height === "wall" ? WALL : PAGE;
  const steps = Math.max(1, values.length - 1);
  const places = { x: (step: number) => step, y: (value: number) => axis.top - value };
  const beforeSteps = Math.max(1, (before?.length ?? 1) - 1);
  const down = (value: number) => percent(1 - value / axis.top);
  const last = values.at(-1);
  return (
    <div class={cx("relative", HEIGHTS[height])} data-lane={series}>
      <svg class="absolute inset-0 size-full overflow-visible" role="img" aria-label={label}>
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse">
            <path class={GAP_STROKE} d="M-1 7 7-1M-1 1l2-2M5 7l2-2" stroke-width="1" />
          </pattern>
        </defs>
        {axis.ticks.map((tick) => (
          <g key={tick}>
            <line
              class={tick === 0 ? "stroke-line-control" : "stroke-chart-grid"}
              x1="0"
              x2="100%"
              y1={down(tick)}
              y2={down(tick)}
              shape-rendering="crispEdges"
            />
            <text
              class={cx("fill-chart-axis", size.text)}
              x="0"
              dx="-0.7em"
              y={down(tick)}
              dy="0.35em"
              text-anchor="end"
            >
              {write(tick)}
            </text>
          </g>
        ))}
        {!values.some((value) => value !== null) && (
          <rect width="100%" height="100%" fill={`url(#${hatch})`} />
        )}
        {gapsOf(values).map(({ from, to }) => (
          <rect
            key={from}
            x={percent(Math.max(0, from - 1) / steps)}
            width={percent((Math.min(steps, to + 1) - Math.max(0, from - 1)) / steps)}
            y="0"
            height="100%"
            fill={`url(#${hatch})`}
          />
        ))}
        {before !== undefined && (
          <svg
            class="overflow-visible fill-none stroke-ink-3"
            width="100%"
            height="100%"
            viewBox={`0 0 ${beforeSteps} ${axis.top}`}
            preserveAspectRatio="none"
          >
            <path
              d={linePath(before, places)}
              class={size.before}
              stroke-opacity="0.55"
              vector-effect="non-scaling-stroke"
            />
          </svg>
        )}
        {kind === "line" && (
          <svg
            class="overflow-visible"
            width="100%"
            height="100%"
            viewBox={`0 0 ${steps} ${axis.top}`}
            preserveAspectRatio="none"
          >
            <path class={colours.fill} fill-opacity="0.1" d={areaPath(values, places)} />
            <path
              class={cx("fill-none", colours.stroke, size.line)}
              d={linePath(values, places)}
              stroke-linejoin="round"
              vector-effect="non-scaling-stroke"
            />
          </svg>
        )}
        {kind === "bars" && values.map((value, at) => (
          value !== null && (
            <rect
              key={at}
              class={colours.fill}
              x={percent((at + 0.3) / values.length)}
              width={percent(0.4 / values.length)}
              y={down(value)}
              height={percent(value / axis.top)}
            />
          )
        ))}
        {limit !== undefined && (
          <g>
            <line
              class="stroke-ink-2"
              x1="0"
              x2="100%"
              y1={down(limit.value)}
              y2={down(limit.value)}
              stroke-dasharray="4 4"
              shape-rendering="crispEdges"
            />
            <text
              class={cx("fill-chart-axis", size.text)}
              x="100%"
              y={down(limit.value)}
              dy="-5"
              text-anchor="end"
            >
              {limit.label}
            </text>
          </g>
        )}
        {events.map((event) => (
          <g key={event.label}>
            <line
              class="stroke-down"
              x1={percent(event.at)}
              x2={percent(event.at)}
              y1="-14"
              y2="100%"
              shape-rendering="crispEdges"
            />
            <text
              class={cx("fill-down-text", size.text)}
              x={percent(event.at)}
              dx={event.at > 0.5 ? -4 : 4}
              y="-5"
              text-anchor={event.at > 0.5 ? "end" : "start"}
            >
              {event.label}
            </text>
          </g>
        ))}
        {kind === "line" && last !== undefined && last !== null && (
          <circle
            class={cx("stroke-surface", colours.fill, size.dot)}
            cx="100%"
            cy={down(last)}
            stroke-width="1.5"
          />
        )}
        {times.map(({ at, label: moment }) => (
          <text
            key={moment}
            class={cx("fill-chart-axis", size.text)}
            x={percent(at)}
            y="100%"
            dy="1.45em"
            text-anchor={at > 0.97 ? "end" : at < 0.03 ? "start" : "middle"}
          >
            {moment}
          </text>
        ))}
      </svg>
      {children}
    </div>
  );
}

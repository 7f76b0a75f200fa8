import type { VNode } from "preact";
import { cx } from "../cx.ts";
import { linePath, type Series } from "./path.ts";

interface Props {
  /** Oldest first, evenly spaced. */
  readonly values: Series;
  /** In px. @default 56 */
  readonly width?: number;
  /** In px. @default 16 */
  readonly height?: number;
  /** Whether it ends badly, and is drawn in the down colour. */
  readonly bad?: boolean;
  /** What it shows, when nothing beside it says so. */
  readonly label?: string;
  readonly class?: string | undefined;
}

/** The trend beside a figure: a line without axes, a dot on its last value, gaps left open. */
export function Sparkline(
  { values, width = 56, height = 16, bad = false, label, class: extra }: Props,
): VNode {
  const known = values.filter((value) => value !== null);
  const least = Math.min(...known);
  const most = Math.max(...known);
  const places = {
    x: (step: number) => values.length < 2 ? width : step / (values.length - 1) * width,
    // A flat line runs through the middle, but for one of nothing, which lies on the ground.
    y: (value: number) =>
      most > least
        ? 1 + (1 - (value - least) / (most - least)) * (height - 2)
        : most === 0
        ? height - 1
        : height / 2,
  };
  const last = values.at(-1);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      class={cx(
        "max-w-full overflow-visible fill-none",
        bad ? "stroke-down" : "stroke-ink-3",
        extra,
      )}
      {...label === undefined
        ? { "aria-hidden": true } as const
        : { role: "img", "aria-label": label } as const}
    >
      {known.length > 0 && (
        <path
          d={linePath(values, places)}
          stroke-width="1.25"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      )}
      {last !== undefined && last !== null && (
        <circle
          class={cx("stroke-none", bad ? "fill-down" : "fill-ink")}
          cx={places.x(values.length - 1)}
          cy={places.y(last)}
          r="1.75"
        />
      )}
    </svg>
  );
}

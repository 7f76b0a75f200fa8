import type { VNode } from "preact";
import type { Format } from "../services/i18n/client.ts";
import { Legend, SERIES, type SeriesName } from "./chart/legend.tsx";
import { cx } from "./cx.ts";

/** A part of the whole. */
export interface Part {
  readonly series: SeriesName;
  readonly label: string;
  readonly count: number;
}

interface Props {
  readonly format: Format;
  readonly parts: readonly Part[];
  /** The whole, when the parts don't fill it yet. @default their sum */
  readonly total?: number;
  /** A line of 4 px with a dense legend, in a figure; else 8 px. */
  readonly thin?: boolean;
}

/** Done of a whole: its parts side by side, named in a legend with their counts. */
export function Progress({ format, parts, total, thin = false }: Props): VNode {
  const whole = total ?? parts.reduce((sum, part) => sum + part.count, 0);
  const percent = (count: number) =>
    whole === 0 ? "0%" : `${Math.round(count / whole * 100_000) / 1000}%`;
  let before = 0;
  return (
    <div>
      <svg
        class={cx("block w-full overflow-hidden rounded-2 bg-pressed", thin ? "h-1" : "h-2")}
        aria-hidden="true"
        data-shape="progress"
      >
        {parts.map((part) => {
          const at = before;
          before += part.count;
          return (
            <g key={part.series}>
              <rect
                class={SERIES[part.series].fill}
                x={percent(at)}
                width={percent(part.count)}
                height="100%"
              />
              {at > 0 && part.count > 0 && (
                <rect class="fill-surface" x={percent(at)} width="2" height="100%" />
              )}
            </g>
          );
        })}
      </svg>
      <div class={thin ? "mt-1" : "mt-2"}>
        <Legend
          mark="block"
          dense={thin}
          items={parts.map(({ series, label, count }) => ({
            series,
            label,
            value: format.number(count),
          }))}
        />
      </div>
    </div>
  );
}

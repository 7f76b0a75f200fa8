import type { VNode } from "preact";
import { useId } from "preact/hooks";
import { cx } from "./cx.ts";

/** How something was for a while. */
export interface Run {
  readonly state: "ok" | "warn" | "down" | "idle" | "gap";
  /** Any unit, the same for all. */
  readonly length: number;
  /** Says the run in words, on hover: "Down 23:02 to 23:22, read timeout". */
  readonly title?: string;
}

/** Height in percent: a fault is a notch in a calm bar. */
const RUNS: Readonly<Record<Run["state"], { height: number; fill: string }>> = {
  ok: { height: 100, fill: "fill-ok-bar" },
  warn: { height: 64, fill: "fill-warn" },
  down: { height: 32, fill: "fill-down" },
  idle: { height: 12, fill: "fill-idle-line" },
  gap: { height: 100, fill: "" },
};

interface Props {
  readonly runs: readonly Run[];
  /** The whole in a sentence, for readers. */
  readonly label: string;
  /** In a row, or the width of a page. @default row */
  readonly size?: "row" | "page";
  readonly class?: string | undefined;
}

/** Time in a state: runs whose height and colour both say it. Never a percentage alone. */
export function Strip({ runs, label, size = "row", class: extra }: Props): VNode {
  const hatch = useId();
  const total = runs.reduce((sum, run) => sum + run.length, 0) || 1;
  const percent = (length: number) => `${Math.round(length / total * 10_000) / 100}%`;
  let before = 0;
  return (
    <svg
      class={cx("block w-full", size === "row" ? "h-3.5" : "h-6", extra)}
      role="img"
      aria-label={label}
      data-shape="strip"
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse">
          <path class="stroke-idle-line" d="M-1 5 5-1M-1 1l2-2M3 5l2-2" stroke-width="1" />
        </pattern>
      </defs>
      {runs.map((run) => {
        const { height, fill } = RUNS[run.state];
        const at = before;
        before += run.length;
        return (
          <g key={at}>
            <rect
              class={fill}
              x={percent(at)}
              width={percent(run.length)}
              y={`${100 - height}%`}
              height={`${height}%`}
              rx="1"
              {...run.state === "gap" ? { fill: `url(#${hatch})` } : {}}
            >
              {/* The key keeps Fresh from taking it for the page's title. */}
              {run.title !== undefined && <title key="run">{run.title}</title>}
            </rect>
            {at > 0 && (
              <rect
                class="fill-[var(--ground,var(--color-surface))]"
                x={percent(at)}
                width="1"
                y="0"
                height="100%"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

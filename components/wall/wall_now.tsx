import type { VNode } from "preact";
import { cx } from "../cx.ts";
import { WALL_STALE } from "./stale.ts";

/** A line beside the one great number. */
export interface WallLine {
  readonly label: string;
  readonly value: string;
  /** After the value, in small: "at 11:04". */
  readonly note?: string;
  readonly bad?: boolean;
}

interface Props {
  readonly label: string;
  readonly value: string;
  /** Three lines at most. */
  readonly lines: readonly WallLine[];
}

/** The one number of the wall, and what stands beside it. */
export function WallNow({ label, value, lines }: Props): VNode {
  return (
    <section class={cx("flex items-center justify-between area-now", WALL_STALE)}>
      <div>
        <h2 class="text-ink-2 wall-28">{label}</h2>
        <p class="-ml-8 leading-[0.92] font-semibold tracking-[-0.045em] wall-220">{value}</p>
      </div>
      <dl class="grid w-440 content-center">
        {lines.map((line) => (
          <div
            key={line.label}
            class="flex items-baseline justify-between border-t border-line-strong py-12 first:border-t-0"
          >
            <dt class="whitespace-nowrap text-ink-2">{line.label}</dt>
            <dd class={cx("font-medium wall-40", line.bad === true && "text-down-text")}>
              {line.value}
              {line.note !== undefined && (
                <small class="ml-12 font-regular text-ink-2 wall-28">{line.note}</small>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import type { VNode } from "preact";
import { cx } from "../cx.ts";
import { Glyph } from "../glyph.tsx";
import { WALL_STALE } from "./stale.ts";

/** A figure at the foot of the wall. */
export interface WallFigure {
  readonly label: string;
  /** `n/a` where nothing is known; never 0. */
  readonly value: string;
  readonly unit?: string;
  readonly tone?: "warn" | "down";
}

/** Four figures, parted by lines. */
export function WallFigures({ figures }: { readonly figures: readonly WallFigure[] }): VNode {
  return (
    <dl
      class={cx(
        "grid grid-cols-4 items-center border-t border-line-strong area-figures",
        WALL_STALE,
      )}
    >
      {figures.map(({ label, value, unit, tone }) => (
        <div
          key={label}
          class={cx(
            "border-l border-line-strong pl-32 first:border-l-0 first:pl-0",
            tone === "warn" && "text-warn-text",
            tone === "down" && "text-down-text",
          )}
        >
          <dt
            class={cx(
              "flex items-center gap-10 whitespace-nowrap wall-28",
              tone === undefined && "text-ink-2",
            )}
          >
            {tone !== undefined && <Glyph tone={tone} size="size-26" />}
            {label}
          </dt>
          <dd class="leading-[1.1] font-medium tracking-[-0.03em] whitespace-nowrap wall-84">
            {value}
            {unit !== undefined && (
              <small class="ml-8 font-regular text-ink-2 wall-40">{unit}</small>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

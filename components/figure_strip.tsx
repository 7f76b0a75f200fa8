import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

const COLUMNS: Readonly<Record<number, string>> = {
  1: "@min-[34rem]:grid-cols-1",
  2: "@min-[34rem]:grid-cols-2",
  3: "@min-[34rem]:grid-cols-3",
};

interface StripProps {
  readonly label: string;
  /** How many columns they would fill side by side: a wide figure counts as two. */
  readonly columns: number;
  /** `Figure`s. */
  readonly children: ComponentChildren;
}

/**
 * Figures of one subject in one panel, parted by hairlines: in a line where there is room (1,120 px
 * of its own), else four, and on a phone two beside each other.
 */
export function FigureStrip({ label, columns, children }: StripProps): VNode {
  return (
    <section
      aria-label={label}
      class="@container mb-4 overflow-hidden rounded-6 border border-line-strong bg-surface max-sm:mb-3"
    >
      <div
        class={cx(
          "-mt-px -ml-px grid grid-cols-2 @min-[70rem]:flex",
          COLUMNS[columns] ?? "@min-[34rem]:grid-cols-[4fr_4fr_5fr_5fr]",
        )}
      >
        {children}
      </div>
    </section>
  );
}

/** Shares of the line; a wide one has parts and a legend in it. */
const WIDTHS = {
  plain: "@min-[70rem]:flex-[8_1_0]",
  roomy: "@min-[70rem]:flex-[9_1_0]",
  wide: "col-span-2 @min-[70rem]:flex-[25_1_0]",
} as const;

interface FigureProps {
  readonly label: string;
  /** A `LiveValue` or text; absent values are `n/a` with their reason in the note. */
  readonly value: ComponentChildren;
  /** The sign of a currency, before the value. */
  readonly before?: ComponentChildren;
  /** In small after the value. */
  readonly unit?: ComponentChildren;
  /** A `Sparkline`, at the end of the label's line. */
  readonly spark?: ComponentChildren;
  /** One line under the value, or a bar with its legend. */
  readonly note?: ComponentChildren;
  /** @default plain */
  readonly width?: keyof typeof WIDTHS;
  /** Whether there is no value, so that it doesn't look like one. */
  readonly absent?: boolean;
}

/** A figure with its unit, label and trend. */
export function Figure(
  { label, value, before, unit, spark, note, width = "plain", absent = false }: FigureProps,
): VNode {
  return (
    <div
      class={cx(
        "flex min-w-0 flex-col border-t border-l border-line p-3 @min-[70rem]:first:pl-4",
        WIDTHS[width],
      )}
    >
      <div class="flex min-h-4 items-center justify-between gap-2 text-12 text-ink-2">
        <h2 class="max-w-full flex-none truncate" title={label}>{label}</h2>
        {spark !== undefined && <span class="min-w-0 shrink">{spark}</span>}
      </div>
      <p class="my-1 flex items-baseline gap-1 text-24 font-medium whitespace-nowrap">
        {before !== undefined && (
          <span class="text-12 font-regular tracking-normal text-ink-2">{before}</span>
        )}
        <span class={cx(absent && "text-ink-3")}>{value}</span>
        {unit !== undefined && (
          <span class="truncate text-12 font-regular tracking-normal text-ink-2">{unit}</span>
        )}
      </p>
      <div class="mt-auto min-h-4 truncate text-12 text-ink-3">{note}</div>
    </div>
  );
}

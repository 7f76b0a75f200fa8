import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

/** Columns of twelve; in halves under 1,200 px, in one column under 640. */
const SPANS = {
  third: "col-span-4 max-xl:col-span-6",
  half: "col-span-6",
  twoThirds: "col-span-8 max-xl:col-span-12",
  /** A third that takes the whole line once it would be a half by itself. */
  side: "col-span-4 max-xl:col-span-12",
  full: "col-span-12",
} as const;

/** The columns of a page, 16 px apart. */
export function Grid({ children }: { readonly children: ComponentChildren }): VNode {
  return <div class="grid grid-cols-12 gap-4 max-sm:grid-cols-1 max-sm:gap-3">{children}</div>;
}

interface CellProps {
  readonly span: keyof typeof SPANS;
  readonly children: ComponentChildren;
}

/** A cell of the grid; what is in it fills its height. */
export function Cell({ span, children }: CellProps): VNode {
  return <div class={cx("grid min-w-0 grid-cols-1 max-sm:col-span-1", SPANS[span])}>{children}
  </div>;
}

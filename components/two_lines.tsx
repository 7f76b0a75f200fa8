import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

interface Props {
  readonly first: ComponentChildren;
  readonly second?: ComponentChildren;
  /** Always, or only where a row has two lines because columns are hidden. @default always */
  readonly on?: "always" | "phone";
  /** What is cut, whole, on hover. */
  readonly title?: string | undefined;
}

/** A cell of two lines, each cut where it ends. */
export function TwoLines({ first, second, on = "always", title }: Props): VNode {
  return (
    <span class="block min-w-0" title={title}>
      <span class="block truncate">{first}</span>
      {second !== undefined && (
        <span class={cx("block truncate text-12 text-ink-3", on === "phone" && "sm:hidden")}>
          {second}
        </span>
      )}
    </span>
  );
}

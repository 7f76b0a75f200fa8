import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

const KINDS = {
  plain: "border-line-strong bg-surface text-ink-2",
  accent: "border-accent-line bg-accent-soft text-accent-text",
  warn: "border-warn-line bg-warn-soft text-warn-text",
  down: "border-down-line bg-down-soft text-down-text",
  info: "border-info-line bg-info-soft text-info-text",
} as const;

interface Props {
  /** @default plain */
  readonly kind?: keyof typeof KINDS;
  readonly children: ComponentChildren;
}

/** A word that marks one thing among others: a draft, a drift, "this one". */
export function Badge({ kind = "plain", children }: Props): VNode {
  return (
    <span
      class={cx(
        "inline-flex h-5 items-center rounded-4 border px-1.5 text-11 font-medium whitespace-nowrap",
        KINDS[kind],
      )}
    >
      {children}
    </span>
  );
}

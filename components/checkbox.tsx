import type { ComponentChildren, InputHTMLAttributes, VNode } from "preact";
import { cx } from "./cx.ts";

interface Props extends Omit<InputHTMLAttributes, "class" | "label" | "type"> {
  readonly label: ComponentChildren;
  /** One of several. @default checkbox */
  readonly type?: "checkbox" | "radio";
  /** Whether only readers hear the label. */
  readonly hideLabel?: boolean;
}

/** A check or a radio button with its words; the words are part of the target. */
export function Checkbox({ label, type = "checkbox", hideLabel = false, ...input }: Props): VNode {
  return (
    <label
      class={cx(
        "relative z-[1] inline-flex min-h-6 items-start gap-2 py-0.5 leading-5 touch:min-h-11 touch:items-center",
        hideLabel && "min-w-6 items-center justify-center gap-0 align-middle",
        input.disabled === true ? "cursor-not-allowed text-ink-off" : "cursor-pointer",
      )}
    >
      <input
        {...input}
        type={type}
        class={cx(
          "tick my-0.5 size-4 flex-none cursor-[inherit] border border-line-control bg-surface",
          "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
          type === "radio" ? "rounded-full" : "rounded-3",
        )}
      />
      <span class={cx(hideLabel && "sr-only")}>{label}</span>
    </label>
  );
}

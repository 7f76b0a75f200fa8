import type { VNode } from "preact";
import { cx } from "./cx.ts";

interface Props {
  /** Already written by the language's format. */
  readonly value: string;
  /** What is counted, for readers; the number alone says nothing. */
  readonly label?: string;
  /** Whether it asks for something now. */
  readonly urgent?: boolean;
  readonly class?: string | undefined;
}

/** A number beside a word, such as the alerts in the navigation. */
export function Count({ value, label, urgent = false, class: extra }: Props): VNode {
  return (
    <span
      class={cx(
        "min-w-[1.125rem] rounded-full px-[5px] text-center text-11 leading-[1.125rem] font-medium",
        urgent ? "bg-down text-on-down" : "bg-pressed text-ink-2",
        extra,
      )}
    >
      {label === undefined ? value : (
        <>
          <span aria-hidden="true">{value}</span>
          <span class="sr-only">{label}</span>
        </>
      )}
    </span>
  );
}

import type { VNode } from "preact";
import { cx } from "./cx.ts";

/** One petal on a grid of 32; five of them, turned about the flower's centre, are the mark. */
export const PETAL =
  "M16 14.8C12.9 13.2 10.8 10 11.3 6.4 11.7 3.6 13.8 1.8 17.2 1 19.4 3.6 20.2 6 19.6 8.8 19 11.4 17.8 13.4 16 14.8Z";

/** How far each petal is turned, clockwise from the top. */
export const TURNS = [0, 72, 144, 216, 288] as const;

/** The attribute that turns a petal. */
export function turned(degrees: number): string {
  return `rotate(${degrees} 16 16.6)`;
}

interface Props {
  /** At least 16 px. @default 24 px */
  readonly size?: string;
  /** Filled in our green, or only its outline, as on an empty page. */
  readonly outline?: boolean;
  readonly class?: string | undefined;
}

/** The jasmine flower. Never in a circle, never with a shadow. */
export function Mark({ size = "size-6", outline = false, class: extra }: Props): VNode {
  return (
    <svg
      class={cx(
        "flex-none",
        size,
        outline ? "fill-none stroke-idle-line stroke-[1.25]" : "fill-accent",
        extra,
      )}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      {TURNS.map((degrees) => <path key={degrees} d={PETAL} transform={turned(degrees)} />)}
    </svg>
  );
}

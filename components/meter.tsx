import type { VNode } from "preact";
import { cx } from "./cx.ts";

/** From this share of the limit on, there is little room. */
const NEAR_LIMIT = 0.9;

interface Props {
  /** The share of the limit in use; over 1 is drawn full. */
  readonly share: number;
  /** What it measures, with its numbers: "22.9 of 25 msg/s". */
  readonly label: string;
  readonly class?: string | undefined;
}

/** The share of a limit, under its number. */
export function Meter({ share, label, class: extra }: Props): VNode {
  const size = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  return (
    <svg
      class={cx("block h-1 w-full overflow-hidden rounded-2 bg-pressed", extra)}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(size * 100)}
      aria-valuetext={label}
      data-shape="meter"
    >
      <rect
        class={size >= NEAR_LIMIT ? "fill-warn" : "fill-ink-2"}
        width={`${Math.round(size * 1000) / 10}%`}
        height="100%"
        rx="2"
      />
    </svg>
  );
}

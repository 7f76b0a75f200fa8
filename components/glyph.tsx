import type { VNode } from "preact";
import { cx } from "./cx.ts";
import { type Tone, TONE_GLYPH } from "./tone.ts";

interface Props {
  readonly tone: Tone;
  /** @default 12 px */
  readonly size?: string;
  readonly class?: string | undefined;
}

/**
 * A state's shape, which says the state without its colour. The word stands beside it, so it is
 * hidden from readers. Its inner lines take the colour of the ground, `--ground`.
 */
export function Glyph({ tone, size = "size-3", class: extra }: Props): VNode {
  return (
    <svg
      class={cx("flex-none", size, TONE_GLYPH[tone], extra)}
      viewBox="0 0 12 12"
      aria-hidden="true"
      data-shape={tone}
    >
      {tone === "ok" && <circle cx="6" cy="6" r="4.5" fill="currentColor" />}
      {tone === "warn" && <path d="M6 .9 11.6 11H.4z" fill="currentColor" />}
      {tone === "down" && (
        <>
          <path d="M1 1h10v10H1z" fill="currentColor" />
          <path
            class="stroke-[var(--ground,var(--color-surface))]"
            d="m3.7 3.7 4.6 4.6m0-4.6L3.7 8.3"
            stroke-width="1.5"
          />
        </>
      )}
      {(tone === "info" || tone === "idle") && (
        <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />
      )}
      {tone === "info" && <path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />}
      {tone === "idle" && <path d="M3.8 6h4.4" stroke="currentColor" stroke-width="1.5" />}
    </svg>
  );
}

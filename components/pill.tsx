import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { type Tone, TONE_SOFT } from "./tone.ts";

interface Props {
  readonly tone: Tone;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
}

/** The state of the page's subject, once, beside its title. */
export function Pill({ tone, children, class: extra }: Props): VNode {
  return (
    <span
      class={cx(
        "inline-flex h-6 items-center gap-1.5 rounded-4 px-2 text-12 font-medium whitespace-nowrap",
        TONE_SOFT[tone],
        extra,
      )}
    >
      <Glyph tone={tone} />
      {children}
    </span>
  );
}

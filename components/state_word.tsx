import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { type Tone, TONE_WORD } from "./tone.ts";

interface Props {
  readonly tone: Tone;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
}

/** A state in a row: its shape and its word. */
export function StateWord({ tone, children, class: extra }: Props): VNode {
  return (
    <span
      class={cx(
        "inline-flex items-center gap-1.5 align-top whitespace-nowrap",
        TONE_WORD[tone],
        extra,
      )}
    >
      <Glyph tone={tone} />
      {children}
    </span>
  );
}

import type { ComponentChildren, VNode } from "preact";
import { Glyph } from "./glyph.tsx";
import type { Tone } from "./tone.ts";

interface Props {
  readonly tone: Tone;
  /** What was reached: "rheinfunk_de_2 is bound again". */
  readonly title: ComponentChildren;
  readonly text?: ComponentChildren;
  /** Undo, and the button that closes it. */
  readonly actions?: ComponentChildren;
}

/** The result of what I just did. */
export function Toast({ tone, title, text, actions }: Props): VNode {
  return (
    <div class="flex w-full max-w-[23.5rem] items-start gap-2 rounded-6 border border-line-strong bg-raised p-3 leading-5 shadow-menu [--ground:var(--color-raised)]">
      <Glyph tone={tone} class="mt-1" />
      <div class="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <b class="font-medium">{title}</b>
        {text !== undefined && <p class="text-ink-2">{text}</p>}
      </div>
      {actions !== undefined && <div class="-my-0.5 -mr-1 flex flex-none gap-1">{actions}</div>}
    </div>
  );
}

import type { ComponentChildren, VNode } from "preact";
import { Glyph } from "./glyph.tsx";
import type { Tone } from "./tone.ts";

/** Something that happened. */
export interface EventView {
  readonly id: string;
  readonly tone: Tone;
  /** A `Moment`. */
  readonly time: ComponentChildren;
  /** What it happened to. */
  readonly subject: string;
  readonly text: string;
  readonly href?: string;
}

/** Events, newest first, one line each; what is cut is whole on hover. */
export function EventList({ events }: { readonly events: readonly EventView[] }): VNode {
  return (
    <ul class="pb-2">
      {events.map(({ id, tone, time, subject, text, href }) => (
        <li
          key={id}
          class="relative grid min-h-7 touch:min-h-11 grid-cols-[3.5rem_0.75rem_minmax(0,1fr)] items-center gap-2 px-4 max-sm:px-3"
          title={`${subject} ${text}`}
        >
          <span class="text-12 text-ink-3">{time}</span>
          <Glyph tone={tone} />
          <span class="flex min-w-0 gap-1 text-ink-2">
            {href === undefined
              ? <span class="max-w-3/4 flex-none truncate text-ink">{subject}</span>
              : (
                <a
                  href={href}
                  class="max-w-3/4 flex-none truncate text-ink after:absolute after:inset-0 hover:underline"
                >
                  {subject}
                </a>
              )}
            <span class="truncate">{text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

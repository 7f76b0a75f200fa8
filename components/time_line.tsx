import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import type { Tone } from "./tone.ts";

/** A step of a life. */
export interface TimeLineStep {
  readonly key: string;
  readonly tone: Tone;
  readonly title: ComponentChildren;
  /** A `Moment`. */
  readonly time: ComponentChildren;
  /** The gateway's own words, in mono, or a sentence. */
  readonly detail?: ComponentChildren;
}

interface Props {
  readonly steps: readonly TimeLineStep[];
  /** What it is the life of, for readers. */
  readonly label: string;
  /** Whether new steps come while one looks: readers are told each. */
  readonly live?: boolean;
}

/** What happened to one thing, oldest first. */
export function TimeLine({ steps, label, live = false }: Props): VNode {
  return (
    <ol aria-label={label} {...live ? { "aria-live": "polite" } as const : {}}>
      {steps.map(({ key, tone, title, time, detail }, place) => (
        <li
          key={key}
          class={cx(
            "relative grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2 pb-3 leading-5",
            place < steps.length - 1 &&
              "before:absolute before:top-[1.125rem] before:-bottom-0.5 before:left-[7.5px] before:w-px before:bg-line-strong",
          )}
        >
          <Glyph tone={tone} class="mt-1 justify-self-center" />
          <span>{title}</span>
          <span class="text-12 text-ink-3">{time}</span>
          {detail !== undefined && (
            <div class="col-[2/-1] text-12 leading-[1.125rem] [overflow-wrap:anywhere] text-ink-2">
              {detail}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

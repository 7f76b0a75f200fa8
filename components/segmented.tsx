import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

/** One of two to four views of the same thing. */
export interface Segment {
  readonly href: string;
  readonly label: ComponentChildren;
  readonly current?: boolean;
}

interface Props {
  readonly label: string;
  readonly segments: readonly Segment[];
  readonly small?: boolean;
}

/** A choice between views, in the URL. */
export function Segmented({ label, segments, small = false }: Props): VNode {
  return (
    <nav
      aria-label={label}
      class="inline-flex flex-none rounded-4 border border-line-strong bg-sunken p-px"
    >
      {segments.map((segment) => (
        <a
          key={segment.href}
          href={segment.href}
          class={cx(
            "inline-flex items-center rounded-3 border whitespace-nowrap",
            small ? "h-[22px] px-2 text-12 touch:h-11" : "h-7 px-2.5 touch:h-11",
            segment.current === true
              ? "border-line-strong bg-surface font-medium text-ink"
              : "border-transparent text-ink-2 hover:text-ink",
          )}
          {...segment.current === true ? { "aria-current": "true" } as const : {}}
        >
          {segment.label}
        </a>
      ))}
    </nav>
  );
}

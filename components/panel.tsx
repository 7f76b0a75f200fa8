import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

interface Props {
  /** Absent for a panel that needs no name to be seen, but then `label` names it for readers. */
  readonly title?: string | undefined;
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  /** Said in small beside the title. */
  readonly sub?: ComponentChildren;
  /** A number beside the title. */
  readonly count?: ComponentChildren;
  /** At the end of the head: a legend, a link, buttons. */
  readonly actions?: ComponentChildren;
  /** Whether the content keeps the panel's padding; tables and lists have their own. @default true */
  readonly padded?: boolean;
  /** A line between head and content. */
  readonly ruled?: boolean;
  readonly foot?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A surface with an edge, for one subject. */
export function Panel(
  { title, label, id, sub, count, actions, padded = true, ruled = false, foot, children }: Props,
): VNode {
  return (
    <section
      id={id}
      aria-label={title ?? label}
      class="flex min-w-0 flex-col rounded-6 border border-line-strong bg-surface"
    >
      {title !== undefined && (
        <div
          class={cx(
            "flex min-h-10 flex-none items-center gap-2 py-1 pr-2 pl-4 max-sm:flex-wrap max-sm:pl-3",
            ruled && "border-b border-line",
          )}
        >
          <h2 class="text-14 font-semibold">{title}</h2>
          {count}
          {sub !== undefined && <p class="min-w-0 truncate text-12 text-ink-2">{sub}</p>}
          {actions !== undefined && (
            <div class="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1 [&>ul]:mr-2">
              {actions}
            </div>
          )}
        </div>
      )}
      <div
        class={cx(
          "min-w-0 flex-1",
          padded && "px-4 pb-4 max-sm:px-3 max-sm:pb-3",
          padded && (title === undefined || ruled) && "pt-4 max-sm:pt-3",
          // A table's grounds reach the edge. What sticks still does: this makes no scroll container.
          !padded && "overflow-clip has-[details[open]]:overflow-visible",
          !padded && title === undefined && "rounded-t-[5px]",
          !padded && foot === undefined && "rounded-b-[5px]",
        )}
      >
        {children}
      </div>
      {foot !== undefined && (
        <div class="border-t border-line px-4 py-2 text-12 text-ink-2 max-sm:px-3">{foot}</div>
      )}
    </section>
  );
}

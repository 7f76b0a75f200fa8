import type { ComponentChildren, VNode } from "preact";
import { Count } from "./count.tsx";
import { cx } from "./cx.ts";

/** A part of a subject. */
export interface Tab {
  readonly href: string;
  readonly label: ComponentChildren;
  readonly current?: boolean;
  /** How many are in it. */
  readonly count?: string;
}

/** Parts of a subject, each a page with its URL. */
export function Tabs(
  { label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] },
): VNode {
  return (
    <nav aria-label={label} class="mb-4 flex gap-4 overflow-x-auto border-b border-line-strong">
      {tabs.map((tab) => (
        <a
          key={tab.href}
          href={tab.href}
          class={cx(
            "inline-flex h-9 flex-none items-center gap-1.5 px-0.5 whitespace-nowrap -outline-offset-2 hover:text-ink touch:h-11",
            tab.current === true
              ? "font-medium text-ink shadow-[inset_0_-2px_0_var(--color-accent)]"
              : "text-ink-2",
          )}
          {...tab.current === true ? { "aria-current": "page" } as const : {}}
        >
          {tab.label}
          {tab.count !== undefined && <Count value={tab.count} />}
        </a>
      ))}
    </nav>
  );
}

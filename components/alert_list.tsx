import type { ComponentChildren, VNode } from "preact";
import { Glyph } from "./glyph.tsx";

/** An alert that is on. */
export interface AlertView {
  readonly id: string;
  readonly tone: "down" | "warn";
  readonly title: string;
  /** What is so, and what follows from it. */
  readonly text?: string;
  /** "since 14:30:42". */
  readonly since: ComponentChildren;
  /** Small buttons: acknowledge, silence. */
  readonly actions?: ComponentChildren;
}

/** Active alerts, the worst first; told politely as they come. */
export function AlertList({ alerts }: { readonly alerts: readonly AlertView[] }): VNode {
  return (
    <ul aria-live="polite">
      {alerts.map(({ id, tone, title, text, since, actions }) => (
        <li
          key={id}
          class="grid grid-cols-[0.75rem_minmax(0,1fr)] gap-2 border-t border-line px-4 pt-2 pb-3 max-sm:px-3"
        >
          <Glyph tone={tone} class="mt-1" />
          <div class="min-w-0">
            <h3 class="leading-5 font-semibold [overflow-wrap:anywhere]">{title}</h3>
            {text !== undefined && (
              <p class="leading-[1.125rem] [overflow-wrap:anywhere] text-ink-2">{text}</p>
            )}
            <div class="mt-1 flex min-h-6 flex-wrap items-center gap-2">
              <span class="mr-auto text-12 text-ink-3">{since}</span>
              {actions}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

import type { ComponentChildren, VNode } from "preact";
import { ButtonLink } from "./button_link.tsx";

interface Props {
  readonly title: string;
  /** The one pill beside the title. */
  readonly pill?: ComponentChildren;
  readonly sub?: ComponentChildren;
  /** The page without the panel. */
  readonly closeHref: string;
  /** "Close message". */
  readonly closeLabel: string;
  readonly children: ComponentChildren;
  /** Actions that stay in view. */
  readonly foot?: ComponentChildren;
}

/** Details beside a list, with a URL of their own; under 1,024 px they lie over the page. */
export function SidePanel(
  { title, pill, sub, closeHref, closeLabel, children, foot }: Props,
): VNode {
  return (
    <aside
      aria-label={title}
      class="sticky top-12 flex h-[calc(100dvh-3rem)] w-102 flex-none flex-col border-l border-line-strong bg-surface max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:h-dvh max-lg:w-[min(27rem,100vw)] max-lg:shadow-dialog"
    >
      <div class="min-h-0 flex-1 overflow-y-auto px-4 pt-3 pb-6">
        <div class="flex items-center gap-2">
          <h2 class="min-w-0 flex-1 text-16 font-semibold whitespace-nowrap">{title}</h2>
          {pill}
          <ButtonLink
            kind="quiet"
            icon="x"
            href={closeHref}
            label={closeLabel}
            class="-mr-2"
            data-close
          />
        </div>
        {sub !== undefined && <p class="text-ink-2">{sub}</p>}
        {children}
      </div>
      {foot !== undefined && (
        <div class="flex flex-none flex-wrap items-center gap-2 border-t border-line-strong px-4 py-3">
          {foot}
        </div>
      )}
    </aside>
  );
}

/** A part of a side panel, after a hairline. */
export function SideSection(
  { title, children }: { readonly title?: string; readonly children: ComponentChildren },
): VNode {
  return (
    <section class="mt-3 border-t border-line pt-3">
      {title !== undefined && <h3 class="mb-2 font-semibold">{title}</h3>}
      {children}
    </section>
  );
}

import type { ComponentChildren, VNode } from "preact";

interface Props {
  /** Of a detail page: its own title (20/600). A list's name is in the top bar alone. */
  readonly title?: string;
  /** The one pill of the page. */
  readonly pill?: ComponentChildren;
  readonly sub?: ComponentChildren;
  /** Filters or a choice of views, at the start of the line. */
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** The first line of a page. */
export function PageHead({ title, pill, sub, children, actions }: Props): VNode {
  return (
    <div class="mb-4 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2 max-sm:mb-3">
      {title !== undefined && (
        <h1 class="min-w-0 text-20 font-semibold [overflow-wrap:anywhere]">{title}</h1>
      )}
      {pill}
      {sub !== undefined && <p class="min-w-0 text-ink-2">{sub}</p>}
      {children}
      {actions !== undefined && (
        <div class="ml-auto flex flex-wrap items-center gap-2">{actions}</div>
      )}
    </div>
  );
}

import type { ComponentChildren, VNode } from "preact";

interface Props {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly title?: string | undefined;
}

/** The link of a row: a click anywhere on the row follows it. */
export function RowLink({ href, children, title }: Props): VNode {
  return (
    <a href={href} title={title} class="after:absolute after:inset-0">
      {children}
    </a>
  );
}

/** What can be clicked in a row for itself lies above the row's link. */
export function RowActions({ children }: { readonly children: ComponentChildren }): VNode {
  return <div class="relative z-[1] flex items-center justify-end gap-1">{children}</div>;
}

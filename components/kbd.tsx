import type { ComponentChildren, VNode } from "preact";

/** A key of the keyboard. */
export function Kbd({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <kbd class="inline-block min-w-[1.125rem] rounded-3 border border-line-strong bg-surface px-1 text-center font-sans text-11 text-ink-2">
      {children}
    </kbd>
  );
}

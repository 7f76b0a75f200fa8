import type { ComponentChildren, VNode } from "preact";

/** Fields beside each other where there is room, each at least 240 px wide. */
export function FieldGroup({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <div class="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-x-6 gap-y-4">
      {children}
    </div>
  );
}

/** Choices that belong together, such as radio buttons, under one question. */
export function FieldSet({ legend, hint, children }: {
  readonly legend: string;
  readonly hint?: ComponentChildren;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <fieldset class="min-w-0">
      <legend class="mb-1 leading-5 font-medium">{legend}</legend>
      {hint !== undefined && <p class="mb-1 text-12 text-ink-2">{hint}</p>}
      <div class="flex flex-wrap gap-x-4 gap-y-1">{children}</div>
    </fieldset>
  );
}

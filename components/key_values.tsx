import type { ComponentChildren, VNode } from "preact";

/** A value with its name. */
export interface KeyValue {
  readonly key: string;
  readonly label: ComponentChildren;
  readonly value: ComponentChildren;
}

interface Props {
  readonly items: readonly KeyValue[];
  /** Numbers at the end of the line, with hairlines between. */
  readonly numbers?: boolean;
}

/** Names and values below each other. */
export function KeyValues({ items, numbers = false }: Props): VNode {
  if (numbers) {
    return (
      <dl>
        {items.map(({ key, label, value }) => (
          <div
            key={key}
            class="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-b-0"
          >
            <dt class="text-ink-2">{label}</dt>
            <dd class="text-right whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <dl class="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
      {items.map(({ key, label, value }) => (
        <div key={key} class="contents">
          <dt class="text-ink-2">{label}</dt>
          <dd class="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

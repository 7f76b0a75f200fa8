import type { VNode } from "preact";
import { Icon } from "./icon.tsx";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
}

/** What to look for, in a line of filters: its place says what it is, so its edge is quiet. */
export function SearchBox({ name, label, value }: Props): VNode {
  return (
    <div class="relative w-64 max-sm:order-1 max-sm:w-auto max-sm:min-w-40 max-sm:flex-1">
      <Icon
        name="search"
        class="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        name={name}
        value={value}
        aria-label={label}
        placeholder={label}
        data-search
        class="h-8 w-full rounded-4 border border-line-strong bg-surface pr-2 pl-8 text-ellipsis hover:border-line-hover focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 touch:h-11 max-sm:text-16"
      />
    </div>
  );
}

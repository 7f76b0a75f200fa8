import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";

interface Props {
  readonly t: T<"table">;
  readonly count: number;
  /** Small buttons that act on all that is selected. */
  readonly children: ComponentChildren;
  /** The URL without the selection. */
  readonly clearHref: string;
}

/** What can be done with the selected rows, above the table's head. */
export function BulkBar({ t, count, children, clearHref }: Props): VNode {
  return (
    <div class="flex min-h-10 flex-wrap items-center gap-2 rounded-t-6 border-b border-line bg-accent-soft px-4 py-1 max-sm:px-3">
      <p class="mr-2" role="status">{t("table.selected", { n: count })}</p>
      {children}
      <a
        href={clearHref}
        class="ml-auto inline-flex min-h-6 items-center text-12 touch:min-h-11 text-ink-2 hover:underline"
      >
        {t("table.clearSelection")}
      </a>
    </div>
  );
}

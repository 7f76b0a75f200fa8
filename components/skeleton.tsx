import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";

const WIDTHS = ["w-32", "w-24", "w-36", "w-28", "w-40"] as const;

/** A grey bar where a word will stand. */
export function Skeleton({ class: extra }: { readonly class?: string }): VNode {
  return (
    <span
      class={cx("block h-3 max-w-[90%] animate-breathe rounded-2 bg-pressed", extra)}
      aria-hidden="true"
    />
  );
}

interface Props {
  readonly t: T<"table">;
  readonly rows?: number;
  readonly columns?: number;
  readonly lines?: 1 | 2;
}

/** Rows that are being read, at the height of those that come; shown after 200 ms. */
export function SkeletonRows({ t, rows = 5, columns = 4, lines = 1 }: Props): VNode {
  return (
    <div role="status" class="animate-late">
      <span class="sr-only">{t("table.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          class={cx(
            "flex items-center gap-8 border-b border-line px-4 last:border-b-0",
            lines === 2 ? "h-11" : "h-8 max-sm:h-11",
          )}
        >
          {Array.from(
            { length: columns },
            (_, column) => (
              <div key={column} class={cx("min-w-0 flex-1", column > 1 && "max-sm:hidden")}>
                <Skeleton class={WIDTHS[(row + column) % WIDTHS.length] ?? "w-32"} />
              </div>
            ),
          )}
        </div>
      ))}
    </div>
  );
}

import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Icon } from "./icon.tsx";

interface Props {
  readonly t: T<"table">;
  readonly head: string;
  readonly sort: { readonly href: string; readonly direction: "ascending" | "descending" | null };
}

/** The head of a column that sorts: a link, so that the order is in the URL. */
export function SortHead({ t, head, sort }: Props): VNode {
  const { href, direction } = sort;
  const title = direction === "ascending"
    ? t("table.ascending", { column: head })
    : direction === "descending"
    ? t("table.descending", { column: head })
    : t("table.sortBy", { column: head });
  return (
    <a
      href={href}
      title={title}
      class={`inline-flex min-h-6 items-center touch:min-h-11 gap-0.5 hover:text-ink ${
        direction === null ? "" : "text-ink"
      }`}
    >
      {head}
      {direction !== null && (
        <Icon name={direction === "ascending" ? "arrow-up" : "arrow-down"} size="size-3" />
      )}
    </a>
  );
}

import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Button } from "./button.tsx";
import { ButtonLink } from "./button_link.tsx";

interface Props {
  readonly t: T<"paging">;
  /** URLs of the pages beside this one; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
  /** What is known of the whole: "About 895,000 in the last hour". */
  readonly children?: ComponentChildren;
}

/** Pages by cursor: no page numbers, and no invented total. */
export function Pagination({ t, newer, older, children }: Props): VNode {
  return (
    <nav
      aria-label={t("paging.label")}
      class="flex min-h-10 items-center gap-2 border-t border-line px-3 py-1 text-12 text-ink-2"
    >
      <p class="min-w-0 flex-1">{children}</p>
      {newer === null
        ? <Button small icon="chevron-left" disabled>{t("paging.newer")}</Button>
        : (
          <ButtonLink small icon="chevron-left" href={newer} rel="prev">
            {t("paging.newer")}
          </ButtonLink>
        )}
      {older === null
        ? <Button small iconAfter="chevron-right" disabled>{t("paging.older")}</Button>
        : (
          <ButtonLink small iconAfter="chevron-right" href={older} rel="next">
            {t("paging.older")}
          </ButtonLink>
        )}
    </nav>
  );
}

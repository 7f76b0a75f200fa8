import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

/** A step on the way to the page; the last one is the page itself. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

interface Props {
  readonly t: T<"app">;
  readonly crumbs: readonly Crumb[];
  /** Whether the page has a title of its own below, so that this isn't its heading. */
  readonly detail: boolean;
}

/** Where the page is; its last part is the page's name. Under 640 px that part alone. */
export function Crumbs({ t, crumbs, detail }: Props): VNode {
  return (
    <nav aria-label={t("app.breadcrumb")} class="min-w-0">
      <ol class="flex min-w-0 items-center gap-1 whitespace-nowrap text-ink-2">
        {crumbs.map(({ label, href }, place) => {
          const last = place === crumbs.length - 1;
          const name = cx("truncate text-ink", detail ? "font-medium" : "text-14 font-semibold");
          return (
            <li
              key={label}
              class={cx("flex items-center gap-1", last ? "min-w-0" : "flex-none max-sm:hidden")}
              {...last ? { "aria-current": "page" } : {}}
            >
              {last
                ? detail
                  ? <span class={name} title={label}>{label}</span>
                  : <h1 class={name} title={label}>{label}</h1>
                : href === undefined
                ? label
                : <a href={href} class="hover:underline hover:underline-offset-2">{label}</a>}
              {!last && <Icon name="chevron-right" size="size-3" class="text-ink-3" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

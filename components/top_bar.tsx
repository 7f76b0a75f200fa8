import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { AccountMenu, type UserView } from "./account_menu.tsx";
import { type Crumb, Crumbs } from "./crumbs.tsx";
import { Mark } from "./mark.tsx";

interface Props {
  readonly t: T<"account" | "app">;
  readonly crumbs: readonly Crumb[];
  readonly detail: boolean;
  /** The live state: the island `ConnectionState`, or nothing on a page that doesn't live. */
  readonly live?: ComponentChildren;
  /** The islands `CommandPalette` and `ThemeSwitch`. */
  readonly tools?: ComponentChildren;
  readonly user: UserView;
}

/** The bar above the page: its name, whether it is live, search, theme, who is signed in. */
export function TopBar({ t, crumbs, detail, live, tools, user }: Props): VNode {
  return (
    <header class="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line-strong bg-page pr-4 pl-6 max-lg:pl-4 max-sm:pr-2">
      <Mark class="sm:hidden" />
      <Crumbs t={t} crumbs={crumbs} detail={detail} />
      <span class="min-w-0 flex-1" />
      {live}
      {tools}
      <div class="max-sm:hidden">
        <AccountMenu t={t} user={user} />
      </div>
    </header>
  );
}

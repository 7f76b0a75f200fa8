import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import type { UserView } from "./account_menu.tsx";
import type { ServiceView } from "./bloom.tsx";
import { BottomBar } from "./bottom_bar.tsx";
import type { Crumb } from "./crumbs.tsx";
import type { PlaceCount } from "./nav_item.tsx";
import { type PlaceId, placesFor } from "./navigation.ts";
import { type GatewayView, Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top_bar.tsx";

/** What every page of the signed-in house tells its frame. */
export interface AppShellProps {
  readonly t: T<"account" | "app" | "nav" | "navCounts" | "services">;
  /** The places that this user may go to. */
  readonly offered: ReadonlySet<PlaceId>;
  /** The place that the page belongs to; null for one of no place, such as the profile. */
  readonly current: PlaceId | null;
  readonly counts?: Partial<Record<PlaceId, PlaceCount>>;
  readonly crumbs: readonly Crumb[];
  /** Whether the page shows a title of its own (`PageHead` with `title`). @default false */
  readonly detail?: boolean;
  readonly gateway: GatewayView;
  readonly services: readonly ServiceView[];
  readonly user: UserView;
  /** See `TopBar`. */
  readonly live?: ComponentChildren;
  readonly tools?: ComponentChildren;
  /** A `SidePanel` beside the page. */
  readonly side?: ComponentChildren;
  /** What floats: the toasts' island, dialogs. */
  readonly floating?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of every page behind the sign-in. */
export function AppShell(
  {
    t,
    offered,
    current,
    counts = {},
    crumbs,
    detail = false,
    gateway,
    services,
    user,
    live,
    tools,
    side,
    floating,
    children,
  }: AppShellProps,
): VNode {
  const groups = placesFor(offered);
  return (
    <>
      <a
        href="#content"
        class="absolute -top-12 left-2 z-90 rounded-4 bg-accent px-3 py-2 text-on-accent focus:top-2"
      >
        {t("app.skip")}
      </a>
      <div class="flex min-h-dvh">
        <Sidebar
          t={t}
          groups={groups}
          current={current}
          counts={counts}
          gateway={gateway}
          services={services}
        />
        <div class="min-w-0 flex-1">
          <TopBar t={t} crumbs={crumbs} detail={detail} live={live} tools={tools} user={user} />
          <div class="flex">
            <main
              id="content"
              tabIndex={-1}
              class="min-w-0 flex-1 px-6 pt-4 pb-8 max-lg:px-4 max-sm:px-3 max-sm:pt-3 max-sm:pb-[calc(5.5rem+env(safe-area-inset-bottom))]"
            >
              {children}
            </main>
            {side}
          </div>
        </div>
      </div>
      <BottomBar t={t} groups={groups} current={current} counts={counts} />
      {floating}
    </>
  );
}

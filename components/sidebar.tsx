import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Bloom, bloomWords, type ServiceView } from "./bloom.tsx";
import { Mark } from "./mark.tsx";
import { NavItem, type PlaceCount } from "./nav_item.tsx";
import type { PlaceGroup, PlaceId } from "./navigation.ts";

/** The gateway that the pages speak of. */
export interface GatewayView {
  readonly name: string;
  /** Null until it was heard of. */
  readonly release: string | null;
  readonly simulated?: boolean;
}

interface Props {
  readonly t: T<"app" | "nav" | "services">;
  readonly groups: readonly PlaceGroup[];
  readonly current: PlaceId | null;
  readonly counts: Partial<Record<PlaceId, PlaceCount>>;
  readonly gateway: GatewayView;
  /** None for who doesn't see the installation. */
  readonly services: readonly ServiceView[];
}

/** The navigation beside the page: 216 px with words, 56 px of icons under 1,024, none under 640. */
export function Sidebar({ t, groups, current, counts, gateway, services }: Props): VNode {
  return (
    <nav
      aria-label={t("app.main")}
      class="sticky top-0 z-20 flex h-dvh w-54 flex-none flex-col overflow-x-hidden overflow-y-auto border-r border-line-strong bg-page max-lg:w-14 max-sm:hidden"
    >
      <a
        href="/"
        title={t("app.name")}
        class="flex h-12 flex-none items-center gap-2 px-4 text-14 font-semibold tracking-[-0.01em]"
      >
        <Mark />
        <span class="max-lg:sr-only">{t("app.short")}</span>
      </a>
      {groups.map(({ label, places }) => (
        <div
          key={label}
          class="px-2 pt-1 pb-2 max-lg:py-2 max-lg:[&+div]:border-t max-lg:[&+div]:border-line"
        >
          {label !== null && (
            <p class="px-2 pt-2 pb-1 text-11 font-medium text-ink-3 max-lg:hidden">{t(label)}</p>
          )}
          <ul>
            {places.map((place) => (
              <li key={place.id}>
                <NavItem
                  t={t}
                  place={place}
                  current={place.id === current}
                  count={counts[place.id]}
                  in="side"
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="mt-auto grid gap-1 border-t border-line px-4 py-3 text-12 text-ink-2 max-lg:justify-items-center max-lg:px-0">
        {services.length > 0 && (
          <p class="flex items-center gap-2" title={bloomWords(t, services)}>
            <Bloom t={t} services={services} decorative />
            <span class="max-lg:sr-only">{bloomWords(t, services)}</span>
          </p>
        )}
        <p class="text-ink-3 max-lg:hidden">
          {gateway.release === null
            ? gateway.name
            : t("app.release", { gateway: gateway.name, release: gateway.release })}
          {gateway.simulated === true && <span class="block">{t("app.simulated")}</span>}
        </p>
      </div>
    </nav>
  );
}

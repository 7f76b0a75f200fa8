import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Count } from "./count.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import { NavItem, type PlaceCount } from "./nav_item.tsx";
import { nearPlaces, type PlaceGroup, type PlaceId } from "./navigation.ts";

interface Props {
  readonly t: T<"account" | "app" | "nav" | "navCounts">;
  readonly groups: readonly PlaceGroup[];
  readonly current: PlaceId | null;
  readonly counts: Partial<Record<PlaceId, PlaceCount>>;
}

const CELL = "relative grid h-14 place-content-center justify-items-center gap-0.5 text-11";

/** The navigation under 640 px: four places, and the rest behind "More", which needs no script. */
export function BottomBar({ t, groups, current, counts }: Props): VNode {
  const near = nearPlaces(groups);
  const isNear = near.some(({ id }) => id === current);
  const hidden = groups.flatMap(({ places }) => places).filter((place) => !near.includes(place));
  const urgent = hidden.reduce((sum, { id }) => {
    const count = counts[id];
    return count?.urgent === true ? sum + count.value : sum;
  }, 0);
  return (
    <nav
      aria-label={t("app.mainPhone")}
      class="fixed inset-x-0 bottom-0 z-20 flex border-t border-line-strong bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {near.map((place) => (
        <a
          key={place.id}
          href={place.href}
          class={cx(
            CELL,
            "min-w-0 flex-1",
            place.id === current ? "font-medium text-accent-text" : "text-ink-2",
          )}
          {...place.id === current ? { "aria-current": "page" } : {}}
        >
          <Icon name={place.icon} size="size-5" class="justify-self-center" />
          <span class="max-w-full truncate px-0.5">{t(place.label)}</span>
        </a>
      ))}
      <details class="group min-w-0 flex-1" data-menu>
        <summary
          class={cx(CELL, isNear ? "text-ink-2" : "font-medium text-accent-text")}
        >
          <Icon name="more" size="size-5" class="justify-self-center" />
          {t("nav.more")}
          {urgent > 0 && (
            <Count
              value={t.format.number(urgent)}
              label={t("navCounts.more", { n: urgent })}
              urgent
              class="absolute top-1.5 left-[calc(50%+6px)]"
            />
          )}
        </summary>
        <div class="fixed inset-x-0 bottom-[calc(3.5rem+1px+env(safe-area-inset-bottom))] max-h-[70dvh] overflow-y-auto rounded-t-8 border-t border-line-strong bg-raised p-2 shadow-dialog">
          {groups.map(({ label, places }) => {
            const rest = places.filter((place) => !near.includes(place));
            return rest.length > 0 && (
              <div key={label} class="pb-2">
                {label !== null && (
                  <p class="px-2 py-1 text-11 font-medium text-ink-3">{t(label)}</p>
                )}
                <ul>
                  {rest.map((place) => (
                    <li key={place.id}>
                      <NavItem
                        t={t}
                        place={place}
                        current={place.id === current}
                        count={counts[place.id]}
                        in="sheet"
                      />
                    </li>
                  ))}
                </ul>
              </div>
            );
          })}
          <div class="border-t border-line pt-2">
            <a href="/profile" class="flex h-11 items-center gap-2 rounded-4 px-2 text-ink-2">
              <Icon name="user" />
              {t("account.profile")}
            </a>
            <form method="post" action="/sign-out">
              <button
                type="submit"
                class="flex h-11 w-full items-center gap-2 rounded-4 px-2 text-ink-2"
              >
                <Icon name="sign-out" />
                {t("account.signOut")}
              </button>
            </form>
          </div>
        </div>
      </details>
    </nav>
  );
}

import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Button } from "./button.tsx";
import { ButtonLink } from "./button_link.tsx";
import { Chip } from "./chip.tsx";
import { Menu } from "./menu.tsx";
import { SearchBox } from "./search_box.tsx";

/** A condition that is on. */
export interface ActiveFilter {
  readonly name: string;
  readonly value: string;
  /** The URL without it. */
  readonly removeHref: string;
}

interface Props {
  readonly t: T<"filter">;
  /** The list's own URL; the form sends the rest as its query. */
  readonly action: string;
  readonly search?: { readonly name: string; readonly label: string; readonly value?: string };
  readonly active: readonly ActiveFilter[];
  /** Chips with counts that are always there, such as the states of connectors. */
  readonly chips?: ComponentChildren;
  /** Fields behind "Filter"; they hold the conditions that are on. */
  readonly fields?: ComponentChildren;
  /** Where all conditions are off. */
  readonly clearHref: string;
  readonly actions?: ComponentChildren;
}

/** The filter of a list: a form that GETs, so it is in the URL and works without a script. */
export function FilterBar(
  { t, action, search, active, chips, fields, clearHref, actions }: Props,
): VNode {
  return (
    <form
      method="get"
      action={action}
      role="search"
      aria-label={t("filter.label")}
      class="mb-4 flex flex-wrap items-center gap-2 max-sm:mb-3"
    >
      {search !== undefined && <SearchBox {...search} />}
      <div class="contents max-sm:order-3 max-sm:flex max-sm:w-full max-sm:flex-wrap max-sm:gap-2">
        {chips}
        {active.map((one) => (
          <Chip key={one.name} t={t} href={one.removeHref} name={one.name} on removable>
            <b class="font-medium">{one.value}</b>
          </Chip>
        ))}
        {fields !== undefined && (
          <Menu
            small
            icon="plus"
            align="start"
            wide
            items={
              <div class="grid gap-3">
                {fields}
                <div class="mt-1 flex justify-end gap-2">
                  <ButtonLink kind="quiet" href={clearHref}>{t("filter.clear")}</ButtonLink>
                  <Button type="submit">{t("filter.apply")}</Button>
                </div>
              </div>
            }
          >
            {t("filter.add")}
          </Menu>
        )}
      </div>
      {actions !== undefined && (
        <div class="ml-auto flex flex-wrap items-center gap-2 max-sm:order-2">{actions}</div>
      )}
    </form>
  );
}

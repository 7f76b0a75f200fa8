import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Count } from "./count.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { Place } from "./navigation.ts";

/** A number beside a place. */
export interface PlaceCount {
  readonly value: number;
  /** The whole words: "2 active alerts". */
  readonly label: string;
  readonly urgent?: boolean;
}

interface Props {
  readonly t: T<"nav">;
  readonly place: Place;
  readonly current: boolean;
  readonly count?: PlaceCount | undefined;
  /** `side` folds to its icon under 1,024 px; `sheet` is the list behind "More". */
  readonly in: "side" | "sheet";
}

/** A line of the navigation. */
export function NavItem({ t, place, current, count, in: where }: Props): VNode {
  const side = where === "side";
  return (
    <a
      href={place.href}
      title={t(place.label)}
      class={cx(
        "relative flex items-center gap-2 rounded-4 px-2 text-ink-2 hover:bg-hover hover:text-ink",
        side ? "h-7 pointer-coarse:h-11 max-lg:h-8 max-lg:justify-center" : "h-11",
        current && "bg-pressed font-medium text-ink",
        current && side &&
          "before:absolute before:-left-2 before:h-4 before:w-0.5 before:bg-accent",
      )}
      {...current ? { "aria-current": "page" } : {}}
    >
      <Icon name={place.icon} class={cx(current && "text-accent")} />
      <span class={cx("truncate", side && "max-lg:sr-only")}>{t(place.label)}</span>
      {count !== undefined && (
        <Count
          value={t.format.number(count.value)}
          label={count.label}
          urgent={count.urgent ?? false}
          class={cx(
            "ml-auto",
            side && (count.urgent === true
              ? "max-lg:absolute max-lg:-top-0.5 max-lg:-right-0.5"
              : "max-lg:hidden"),
          )}
        />
      )}
    </a>
  );
}

import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import type { PaletteEntry } from "./palette_match.ts";

const ICONS: Readonly<Record<PaletteEntry["group"], IconName>> = {
  pages: "chevron-right",
  connectors: "plug",
  messages: "message",
  actions: "play",
};
const GROUPS = ["connectors", "messages", "actions", "pages"] as const;

/** Entries in the order in which they are shown: by group. */
export function inGroups(entries: readonly PaletteEntry[]): PaletteEntry[] {
  return GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group));
}

interface Props {
  readonly t: T<"palette">;
  /** Of the list; each option's id is this, a hyphen and the entry's. */
  readonly id: string;
  /** As `inGroups` has them. */
  readonly entries: readonly PaletteEntry[];
  /** The entry that Enter opens. */
  readonly active: string | null;
  readonly onPick?: (entry: PaletteEntry) => void;
}

/** What the palette found. */
export function PaletteList({ t, id, entries, active, onPick }: Props): VNode {
  return (
    <div id={id} role="listbox" aria-label={t("palette.title")}>
      {GROUPS.map((group) => {
        const own = entries.filter((entry) => entry.group === group);
        return own.length > 0 && (
          <div
            key={group}
            role="group"
            aria-labelledby={`${id}-${group}`}
            class="border-t border-line p-2 first:border-t-0"
          >
            <p id={`${id}-${group}`} class="px-2 pb-1 text-11 font-medium text-ink-3">
              {t(`palette.${group}`)}
            </p>
            {own.map((entry) => (
              <div
                key={entry.id}
                id={`${id}-${entry.id}`}
                role="option"
                aria-selected={entry.id === active}
                onClick={() => onPick?.(entry)}
                class={cx(
                  "flex min-h-8 items-center gap-2 rounded-4 px-2 touch:min-h-11",
                  entry.id === active ? "bg-pressed" : "hover:bg-hover",
                )}
              >
                <Icon name={ICONS[group]} class="text-ink-3" />
                <span class="min-w-0 flex-1 truncate">{entry.label}</span>
                {entry.hint !== undefined && <span class="text-12 text-ink-2">{entry.hint}</span>}
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}

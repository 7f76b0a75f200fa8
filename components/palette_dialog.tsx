import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { T } from "../services/i18n/client.ts";
import { Icon } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";
import { inGroups, PaletteList } from "./palette_list.tsx";
import { matchEntries, type PaletteEntry } from "./palette_match.ts";

interface Props {
  readonly t: T<"palette">;
  readonly entries: readonly PaletteEntry[];
  readonly messagesHref: string | null;
  /** Called when it was closed, by whatever. */
  readonly onClose: () => void;
}

const LIST = "palette-list";

/** The palette while it is open; it opens as it is shown. In the browser only. */
export function PaletteDialog({ t, entries, messagesHref, onClose }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState(0);

  const text = query.trim();
  const inMessages: PaletteEntry[] = text === "" || messagesHref === null ? [] : [{
    id: "messages-with",
    group: "messages",
    label: t("palette.findMessages", { text }),
    href: `${messagesHref}?${new URLSearchParams({ q: text })}`,
  }];
  const found = inGroups([...matchEntries(entries, query), ...inMessages]);
  const active = found[Math.min(place, found.length - 1)] ?? null;

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${LIST}-${active?.id}`)?.scrollIntoView({ block: "nearest" });
  }, [active?.id]);

  const go = (entry: PaletteEntry) => {
    dialog.current?.close();
    location.assign(entry.href);
  };
  const move = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      dialog.current?.close();
      return;
    }
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setPlace((Math.min(place, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === "Enter" && active !== null && !event.isComposing) {
      event.preventDefault();
      go(active);
    }
  };

  return (
    <dialog
      ref={dialog}
      aria-label={t("palette.title")}
      class="fixed inset-x-0 top-[12vh] mx-auto w-[min(37.5rem,calc(100vw-2rem))] overflow-hidden rounded-8 border border-line-strong bg-raised text-ink shadow-dialog backdrop:bg-scrim"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="flex h-11 items-center gap-2 border-b border-line px-4 text-14">
        <Icon name="search" class="text-ink-3" />
        <input
          type="text"
          role="combobox"
          aria-label={t("palette.search")}
          aria-expanded={found.length > 0}
          aria-controls={LIST}
          aria-activedescendant={active === null ? undefined : `${LIST}-${active.id}`}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          placeholder={t("palette.placeholder")}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={move}
          class="min-w-0 flex-1 outline-none max-sm:text-16"
        />
        <Kbd>{t("palette.close")}</Kbd>
      </div>
      <div class="max-h-[60vh] overflow-y-auto">
        <PaletteList t={t} id={LIST} entries={found} active={active?.id ?? null} onPick={go} />
        {found.length === 0 && <p class="p-4 text-ink-2">{t("palette.none", { text })}</p>}
      </div>
      <p class="sr-only" role="status">{t("palette.results", { n: found.length })}</p>
    </dialog>
  );
}

import type { VNode } from "preact";
import type { Place, PlaceId } from "../../components/navigation.ts";
import type { PaletteEntry } from "../../components/palette_match.ts";
import { KeysDialog } from "../../components/keys_dialog.tsx";
import Behaviours from "../../islands/behaviours.tsx";
import CommandPalette from "../../islands/command_palette.tsx";
import ConnectionState from "../../islands/connection_state.tsx";
import ThemeSwitch from "../../islands/theme_switch.tsx";
import Toasts from "../../islands/toasts.tsx";
import type { T } from "../../services/i18n/mod.ts";

/** What of the frame lives. */
export interface ShellParts {
  readonly live?: VNode;
  readonly tools: VNode;
  readonly floating: VNode;
}

interface Given {
  readonly t: T;
  /** Whether the page follows the live stream. */
  readonly isLive: boolean;
  /** The places that are offered. */
  readonly places: readonly Place[];
  /** Connectors by their cid; none for who may not see them. */
  readonly connectors: readonly string[];
  readonly maySend: boolean;
  readonly theme: "light" | "dark" | null;
}

/** Everything that can be gone to from the palette. */
function paletteEntries({ t, places, connectors, maySend }: Given): PaletteEntry[] {
  return [
    ...places.map(({ id, href, label }): PaletteEntry => ({
      id: `page-${id}`,
      group: "pages",
      label: t(label),
      href,
    })),
    ...connectors.map((cid): PaletteEntry => ({
      id: `connector-${cid}`,
      group: "connectors",
      label: cid,
      href: `/connectors/${encodeURIComponent(cid)}`,
    })),
    ...maySend
      ? [
        {
          id: "compose",
          group: "actions",
          label: t("nav.compose"),
          href: "/messages/new",
        } satisfies PaletteEntry,
      ]
      : [],
  ];
}

/** The islands of the frame: live state, palette, theme, toasts, keys. */
export function shellParts(given: Given): ShellParts {
  const { t, isLive, places, maySend, theme } = given;
  const hrefOf = (id: PlaceId) => places.find((place) => place.id === id)?.href ?? null;
  return {
    ...isLive ? { live: <ConnectionState spoken={t.spoken("live")} /> } : {},
    tools: (
      <>
        <CommandPalette
          spoken={t.spoken("palette")}
          entries={paletteEntries(given)}
          messagesHref={hrefOf("messages")}
        />
        <ThemeSwitch spoken={t.spoken("theme")} theme={theme} action="/preferences" />
      </>
    ),
    floating: (
      <>
        <Toasts spoken={t.spoken("common")} />
        <KeysDialog t={t} />
        <Behaviours
          keys={{
            dashboard: hrefOf("dashboard") ?? "/",
            connectors: hrefOf("connectors"),
            messages: hrefOf("messages"),
            compose: maySend ? "/messages/new" : null,
          }}
        />
      </>
    ),
  };
}

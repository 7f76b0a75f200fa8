import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { Kbd } from "../components/kbd.tsx";
import type { PaletteDialog } from "../components/palette_dialog.tsx";
import type { PaletteEntry } from "../components/palette_match.ts";
import { speak, type Spoken } from "../services/i18n/client.ts";

interface Props {
  spoken: Spoken<"palette">;
  /** Pages, connectors and actions that this user may go to. */
  entries: PaletteEntry[];
  /** The list of messages, which searches what is called nothing here; its field is `q`. */
  messagesHref: string | null;
}

/**
 * Search or go to: by Ctrl K from any page, or by its button in the top bar. What it opens is loaded
 * when it is asked for, so that no page's first load pays for it.
 */
export default function CommandPalette({ spoken, entries, messagesHref }: Props): VNode {
  const t = speak(spoken);
  const [opened, setOpened] = useState<{ readonly Dialog: typeof PaletteDialog } | null>(null);
  const open = async () => {
    const { PaletteDialog: Dialog } = await import("../components/palette_dialog.tsx");
    setOpened({ Dialog });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        // The open one closes itself, so that the focus returns to where it came from.
        if (opened === null) void open();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [opened]);
  return (
    <>
      <Button kind="quiet" icon="search" onClick={() => void open()}>
        <span class="max-lg:sr-only">{t("palette.open")}</span>
        <span class="max-sm:hidden">
          <Kbd>{t("palette.hint")}</Kbd>
        </span>
      </Button>
      {opened !== null && (
        <opened.Dialog
          t={t}
          entries={entries}
          messagesHref={messagesHref}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

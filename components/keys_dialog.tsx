import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Dialog } from "./dialog.tsx";
import { Kbd } from "./kbd.tsx";

type Does = `keys.${
  | "help"
  | "search"
  | "close"
  | "dashboard"
  | "connectors"
  | "messages"
  | "compose"}`;

const KEYS: readonly { readonly keys: readonly string[]; readonly does: Does }[] = [
  { keys: ["?"], does: "keys.help" },
  { keys: ["/"], does: "keys.search" },
  { keys: ["Esc"], does: "keys.close" },
  { keys: ["g", "d"], does: "keys.dashboard" },
  { keys: ["g", "c"], does: "keys.connectors" },
  { keys: ["g", "m"], does: "keys.messages" },
  { keys: ["n"], does: "keys.compose" },
];

/** Lists the keys; `?` opens it (`islands/behaviours`). Its id is `keys`. */
export function KeysDialog({ t }: { readonly t: T<"common" | "keys" | "palette"> }): VNode {
  return (
    <Dialog id="keys" title={t("keys.title")} closeLabel={t("common.close")}>
      <dl class="grid gap-2">
        <div class="flex items-center justify-between gap-4">
          <dt>{t("keys.palette")}</dt>
          <dd>
            <Kbd>{t("palette.hint")}</Kbd>
          </dd>
        </div>
        {KEYS.map(({ keys, does }) => (
          <div key={does} class="flex items-center justify-between gap-4">
            <dt>{t(does)}</dt>
            <dd class="flex items-center gap-1 text-12 text-ink-2">
              {keys.length === 1 ? <Kbd>{keys[0]}</Kbd> : t.parts("keys.then", {
                first: <Kbd>{keys[0]}</Kbd>,
                second: <Kbd>{keys[1]}</Kbd>,
              })}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

import type { VNode } from "preact";
import { countParts } from "../services/gateway/parts.ts";
import type { T } from "../services/i18n/client.ts";
import { Badge } from "./badge.tsx";
import { cx } from "./cx.ts";
import { culpritOf } from "./message_pieces.ts";

interface Props {
  readonly t: T<"compose">;
  readonly text: string;
  /** Parts that the account may send. */
  readonly most: number;
}

/** What a text takes: its alphabet, its parts, and what forces more of them. */
export function PartCounter({ t, text, most }: Props): VNode {
  const { charset, units, parts, unitsPerPart, unitsLeft } = countParts(text);
  const culprit = culpritOf(text);
  const over = parts > most;
  return (
    <div class="grid gap-1.5 text-12 text-ink-2" role="status">
      <div class="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge kind={charset === "ucs2" ? "warn" : "plain"}>{t(`compose.${charset}`)}</Badge>
        <span class={cx(over && "font-medium text-down-text")}>
          {over
            ? t("compose.tooLong", { have: parts, n: most })
            : t("compose.counter", { chars: units, n: parts })}
        </span>
        <span class="ml-auto">{t("compose.left", { n: unitsLeft })}</span>
      </div>
      <div class="flex gap-0.5" aria-hidden="true">
        {Array.from({ length: Math.max(parts, 1) }, (_, place) => {
          const filled = place < parts - 1 ? 1 : (unitsPerPart - unitsLeft) / unitsPerPart;
          return (
            <svg key={place} class="h-1 w-0 flex-1 rounded-2 bg-pressed" data-shape="part">
              <rect
                class={place >= most ? "fill-down" : "fill-ink-2"}
                width={`${Math.round(filled * 1000) / 10}%`}
                height="100%"
                rx="2"
              />
            </svg>
          );
        })}
      </div>
      {culprit !== null && (
        <p class="text-warn-text">{t("compose.culprit", { char: `“${culprit}”` })}</p>
      )}
    </div>
  );
}

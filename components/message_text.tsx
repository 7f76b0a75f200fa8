import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { cx } from "./cx.ts";
import { type PieceKind, piecesOf } from "./message_pieces.ts";

const KINDS: Readonly<Record<PieceKind, string>> = {
  basic: "",
  extended: "bg-info-soft shadow-[0_0_0_1px_var(--color-info-line)]",
  unicode: "bg-warn-soft shadow-[0_0_0_1px_var(--color-warn-line)]",
};

interface Props {
  readonly t: T<"compose">;
  readonly text: string;
}

/** A message as the handset shows it, with what its characters cost and where a part begins. */
export function MessageText({ t, text }: Props): VNode {
  let part = 1;
  return (
    <div
      dir="auto"
      class="rounded-8 rounded-bl-2 bg-hover px-3 py-2 text-14 whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {piecesOf(text).map((piece, place) => {
        const begins = piece.part !== part;
        part = piece.part;
        return (
          <span key={place}>
            {begins && (
              <span
                class="mx-1 border-l border-dashed border-line-control pl-1 text-11 text-ink-2 select-none"
                title={t("compose.legendPart")}
              >
                {t("compose.part", { part: piece.part })}
              </span>
            )}
            {piece.kind === "basic" ? piece.text : (
              <mark
                class={cx("rounded-2 text-ink", KINDS[piece.kind])}
                title={t(
                  piece.kind === "unicode" ? "compose.legendUnicode" : "compose.legendExtended",
                )}
              >
                {piece.text}
              </mark>
            )}
          </span>
        );
      })}
    </div>
  );
}

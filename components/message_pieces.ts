/**
 * A text in pieces, by what its characters cost and by the part that they fall into; pure, so that
 * the composer counts while one types.
 * @module
 */
import { septetsOf } from "../services/gateway/gsm.ts";
import { countParts } from "../services/gateway/parts.ts";

/** In GSM-7 once or twice; or not in it, which costs the whole text its 160 characters a part. */
export type PieceKind = "basic" | "extended" | "unicode";

/** Characters in a row that cost the same and travel in the same part. */
export interface MessagePiece {
  readonly text: string;
  readonly kind: PieceKind;
  /** From 1. */
  readonly part: number;
}

/** Cuts a text where the kind or the part changes. */
export function piecesOf(text: string): MessagePiece[] {
  const { charset, unitsPerPart } = countParts(text);
  const pieces: MessagePiece[] = [];
  let units = 0;
  for (const character of text) {
    const septets = septetsOf(character);
    const kind = septets === null ? "unicode" : septets === 2 ? "extended" : "basic";
    const part = Math.floor(units / unitsPerPart) + 1;
    units += charset === "ucs2" ? character.length : septets ?? 0;
    const last = pieces.at(-1);
    if (last?.kind === kind && last.part === part) {
      pieces[pieces.length - 1] = { ...last, text: last.text + character };
    } else pieces.push({ text: character, kind, part });
  }
  return pieces;
}

/** The first character that GSM-7 lacks, or null. */
export function culpritOf(text: string): string | null {
  for (const character of text) if (septetsOf(character) === null) return character;
  return null;
}

/**
 * What to write in place of characters that GSM-7 lacks; pure, for the composer.
 * @module
 */
import { isGsm, septetsOf } from "../../services/gateway/gsm.ts";
import { countParts } from "../../services/gateway/parts.ts";

/** Signs that look alike; letters lose their marks instead (below). */
const ALIKE: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": ",",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‹": "<",
  "›": ">",
  "–": "-",
  "—": "-",
  "‑": "-",
  "−": "-",
  "…": "...",
  "•": "-",
  "·": ".",
  "×": "x",
  "´": "'",
  "`": "'",
  "ª": "a",
  "º": "o",
  "°": "o",
  "œ": "oe",
  "Œ": "OE",
  "ł": "l",
  "Ł": "L",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\u200b": "",
  "\ufeff": "",
  "\t": " ",
};

/** What GSM-7 has in place of a character; null when it has nothing like it. */
export function replacementOf(character: string): string | null {
  if (septetsOf(character) !== null) return character;
  const alike = ALIKE[character];
  if (alike !== undefined) return alike;
  const bare = character.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return bare !== "" && bare !== character && isGsm(bare) ? bare : null;
}

/** A character that forces UCS-2, how often it stands there, and what may stand there instead. */
export interface Culprit {
  readonly character: string;
  readonly count: number;
  readonly replacement: string | null;
}

/** Every character that forces UCS-2, in the order of the text. */
export function culpritsOf(text: string): Culprit[] {
  const counts = new Map<string, number>();
  // By what people see as one: an accent typed by itself belongs to its letter.
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (!isGsm(segment)) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  }
  return [...counts].map(([character, count]) => ({
    character,
    count,
    replacement: replacementOf(character),
  }));
}

/** The text with each of these replaced, where something may stand in its place. */
export function replaced(text: string, culprits: readonly Culprit[]): string {
  return culprits.reduce(
    (result, { character, replacement }) =>
      replacement === null ? result : result.replaceAll(character, replacement),
    text,
  );
}

/** Parts as the text is, and if it were in GSM-7: what its characters cost. */
export function costOf(text: string): { readonly parts: number; readonly inGsm: number } {
  // A letter of the alphabet stands for what can't be replaced: it takes one place at the least.
  const plain = [...replaced(text, culpritsOf(text))]
    .map((character) => septetsOf(character) === null ? "x" : character).join("");
  return { parts: countParts(text).parts, inGsm: countParts(plain).parts };
}

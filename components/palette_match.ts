/**
 * What a few letters mean in the command palette.
 * @module
 */

/** What can be gone to. */
export interface PaletteEntry {
  /** Unique in the list. */
  readonly id: string;
  readonly group: "pages" | "connectors" | "messages" | "actions";
  readonly label: string;
  readonly href: string;
  /** Other words for it: a jcli key, a host. */
  readonly words?: string;
  /** Said in small at its end. */
  readonly hint?: string;
}

/** Small letters without accents, so that "ubersicht" finds "Übersicht". */
export function plainText(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Higher is better; 0 is no match. The start of the text, then of a word, then anywhere in it. */
export function scoreOf(text: string, query: string): number {
  const plain = plainText(text);
  const asked = plainText(query).trim();
  if (asked === "") return 1;
  const at = plain.indexOf(asked);
  if (at === 0) return plain.length === asked.length ? 5 : 4;
  if (at > 0) return /[^\p{L}\p{N}]/u.test(plain[at - 1] ?? "") ? 3 : 2;
  const words = asked.split(/\s+/);
  return words.length > 1 && words.every((word) => plain.includes(word)) ? 1 : 0;
}

/** The entries that match, the best first; those that match alike keep their order. */
export function matchEntries<Entry extends Pick<PaletteEntry, "label" | "words">>(
  entries: readonly Entry[],
  query: string,
  most = 12,
): Entry[] {
  return entries
    .map((entry) => ({
      entry,
      score: Math.max(
        scoreOf(entry.label, query),
        entry.words === undefined ? 0 : Math.min(2, scoreOf(entry.words, query)),
      ),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

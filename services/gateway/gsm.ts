/**
 * The alphabet of 3GPP TS 23.038, 6.2.1, exactly as far as Jasmin's codec converts it without loss:
 * the default alphabet and the extension table. What is in neither goes out as UCS-2, because
 * Jasmin would put a question mark, or a look-alike, in its place.
 * @module
 */

const ESCAPE = 0x1b;

/** By septet; the place of the escape itself is held by a space that the tables below leave out. */
const DEFAULT_ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** By the septet after the escape. */
const EXTENSION_TABLE: readonly (readonly [number, string])[] = [
  [0x0a, "\f"],
  [0x14, "^"],
  [0x28, "{"],
  [0x29, "}"],
  [0x2f, "\\"],
  [0x3c, "["],
  [0x3d, "~"],
  [0x3e, "]"],
  [0x40, "|"],
  [0x65, "€"],
];

const CHARACTERS = new Map([...DEFAULT_ALPHABET].map((character, septet) => [septet, character]));
CHARACTERS.delete(ESCAPE);
const EXTENSIONS = new Map(EXTENSION_TABLE);

const SEPTETS: ReadonlyMap<string, 1 | 2> = new Map([
  ...[...CHARACTERS.values()].map((character) => [character, 1] as const),
  ...[...EXTENSIONS.values()].map((character) => [character, 2] as const),
]);

/** Septets that one character takes, or null when GSM-7 doesn't have it. */
export function septetsOf(character: string): 1 | 2 | null {
  return SEPTETS.get(character) ?? null;
}

/** Whether every character of the text is in the default alphabet or the extension table. */
export function isGsm(text: string): boolean {
  for (const character of text) if (!SEPTETS.has(character)) return false;
  return true;
}

/** The character of a septet, or of the escape and the septet after it; null when there is none. */
export function characterOfSeptets(septet: number, afterEscape?: number): string | null {
  if (septet !== ESCAPE) return CHARACTERS.get(septet) ?? null;
  return afterEscape === undefined ? null : EXTENSIONS.get(afterEscape) ?? null;
}

/**
 * GSM 03.38, the default alphabet.
 * @see https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/ section 6.2.1
 */

const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

const EXTENSION: readonly (readonly [number, string])[] = [
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

const CODES = new Map<string, string>([
  ...[...BASIC].map((character, code): [string, string] => [
    character,
    // The escape itself is no character.
    code === 0x1b ? "?" : String.fromCharCode(code),
  ]),
  ...EXTENSION.map(([code, character]): [string, string] => [
    character,
    `\x1b${String.fromCharCode(code)}`,
  ]),
]);

/** A text's bytes, `?` for what the alphabet does not have. */
export function encodeGsm(text: string): string {
  let out = "";
  for (const character of text) out += CODES.get(character) ?? "?";
  return out;
}

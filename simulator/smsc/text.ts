/**
 * Texts as SMPP carries them: data_coding 0 is the GSM 7-bit default alphabet, one septet an octet
 * (3GPP TS 23.038, 6.2.1 with its extension table), 3 is Latin-1, 8 is UCS-2 (SMPP 3.4, 5.2.19).
 * @module
 */

/** The alphabets that an MO text can be sent in. */
export type Alphabet = "gsm7" | "latin1" | "ucs2";

const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ" +
  " !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
  "¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION = new Map([
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
]);
const ESCAPE = 0x1b;

const SEPTETS = new Map<string, readonly number[]>();
for (const [code, character] of [...BASIC].entries()) {
  if (code !== ESCAPE) SEPTETS.set(character, [code]);
}
for (const [code, character] of EXTENSION) SEPTETS.set(character, [ESCAPE, code]);

/** The data_coding of an alphabet. */
export const DATA_CODING: Readonly<Record<Alphabet, number>> = { gsm7: 0, latin1: 3, ucs2: 8 };

/** Encodings that `decodeText` leaves to TextDecoder, by data_coding. */
const DECODERS: ReadonlyMap<number, string> = new Map([
  [5, "shift_jis"],
  [6, "iso-8859-5"],
  [7, "iso-8859-8"],
  [8, "utf-16be"],
  [10, "iso-2022-jp"],
  [13, "euc-jp"],
  [14, "euc-kr"],
]);

/** The septets of one character in the default alphabet and its extension, undefined if in neither. */
export function septetsOf(character: string): readonly number[] | undefined {
  return SEPTETS.get(character);
}

/** Decodes unpacked GSM 7-bit; an octet above 127 becomes U+FFFD. */
export function decodeGsm7(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (code === ESCAPE && next !== undefined) {
      // An escape before anything else shows the basic character (TS 23.038, 6.2.1.1, note 1).
      text += EXTENSION.get(next) ?? BASIC[next] ?? "\ufffd";
      at++;
    } else {
      text += BASIC[code] ?? "\ufffd";
    }
  }
  return text;
}

/** Encodes unpacked GSM 7-bit; a character of neither table becomes `?`. */
export function encodeGsm7(text: string): Uint8Array {
  const septets: number[] = [];
  for (const each of text) {
    const known = SEPTETS.get(each);
    // A loop, not flatMap: every receipt passes here, and it took 7 % of a load test's time.
    if (known === undefined) septets.push(0x3f);
    else for (const septet of known) septets.push(septet);
  }
  return Uint8Array.from(septets);
}

/** Encodes UCS-2 as UTF-16 in network order, surrogate pairs included, as handsets do. */
export function encodeUcs2(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at));
  return bytes;
}

function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from([...text].map((each) => {
    const code = each.codePointAt(0) ?? 0x3f;
    return code <= 0xff ? code : 0x3f;
  }));
}

/** Encodes in an alphabet; what it lacks becomes `?`. */
export function encodeText(text: string, alphabet: Alphabet): Uint8Array {
  if (alphabet === "gsm7") return encodeGsm7(text);
  return alphabet === "ucs2" ? encodeUcs2(text) : encodeLatin1(text);
}

/** The smallest alphabet that holds the whole text. */
export function alphabetFor(text: string): Alphabet {
  return [...text].every((each) => SEPTETS.has(each)) ? "gsm7" : "ucs2";
}

/** True when the octets hold septets, of which 160 fit into a message rather than 140. */
export function isSevenBit(dataCoding: number): boolean {
  // Groups 1111 (with a message class), 1100 and 1101 (message waiting) of TS 23.038, 4.
  const group = dataCoding >> 4;
  if (group === 0xf) return (dataCoding & 0x04) === 0;
  return dataCoding === 0 || dataCoding === 1 || group === 0xc || group === 0xd;
}

/** The text of a message body without its UDH; binary codings give hexadecimal. */
export function decodeText(bytes: Uint8Array, dataCoding: number): string {
  // Not by TextDecoder, whose "iso-8859-1" and "ascii" are windows-1252.
  if (dataCoding === 1 || dataCoding === 3) return String.fromCharCode(...bytes);
  if (isSevenBit(dataCoding)) return decodeGsm7(bytes);
  const label = DECODERS.get(dataCoding >> 4 === 0xe ? 8 : dataCoding);
  // `ignoreBOM` keeps a leading U+FEFF: the record shows what came.
  return label ? new TextDecoder(label, { ignoreBOM: true }).decode(bytes) : bytes.toHex();
}

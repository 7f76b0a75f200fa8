/**
 * Long messages: the user data header of a part (3GPP TS 23.040, 9.2.3.24, elements 00 and 08) or
 * the sar_ TLVs of SMPP, and cutting a text into parts.
 * @module
 */
import { type Alphabet, encodeText, septetsOf } from "./text.ts";

/** Which part of which long message. */
export interface PartOf {
  readonly reference: number;
  readonly total: number;
  /** From 1. */
  readonly sequence: number;
}

/** How the parts of a long MO say that they belong together. */
export type Concatenation = "udh8" | "udh16" | "sar";

const UDH_INDICATOR = 0x40;

/** A message body cut into header and text. */
export function splitUdh(
  body: Uint8Array,
  esmClass: number,
): { readonly header: Uint8Array; readonly content: Uint8Array } {
  const length = (body[0] ?? -1) + 1;
  if ((esmClass & UDH_INDICATOR) === 0 || length > body.length) {
    return { header: new Uint8Array(0), content: body };
  }
  return { header: body.subarray(0, length), content: body.subarray(length) };
}

/** What the header's concatenation element says, undefined when it has none. */
export function partOfHeader(header: Uint8Array): PartOf | undefined {
  for (let at = 1; at + 1 < header.length;) {
    const [element, length] = [header[at], header[at + 1] ?? 0];
    const data = header.subarray(at + 2, at + 2 + length);
    if (element === 0x00 && length === 3) {
      const [reference = 0, total = 0, sequence = 0] = data;
      return { reference, total, sequence };
    }
    if (element === 0x08 && length === 4) {
      const [high = 0, low = 0, total = 0, sequence = 0] = data;
      return { reference: high * 256 + low, total, sequence };
    }
    at += 2 + length;
  }
  return undefined;
}

/** The user data header of one part. */
export function headerOf(part: PartOf, form: "udh8" | "udh16"): Uint8Array {
  const { reference, total, sequence } = part;
  return form === "udh8"
    ? Uint8Array.of(5, 0x00, 3, reference & 0xff, total, sequence)
    : Uint8Array.of(6, 0x08, 4, (reference >> 8) & 0xff, reference & 0xff, total, sequence);
}

function unitsOf(character: string, alphabet: Alphabet): number {
  if (alphabet === "gsm7") return septetsOf(character)?.length ?? 1;
  return alphabet === "ucs2" ? character.length * 2 : 1;
}

function capacityOf(alphabet: Alphabet, headerOctets: number): number {
  return alphabet === "gsm7" ? 160 - Math.ceil((headerOctets * 8) / 7) : 140 - headerOctets;
}

/**
 * The bodies of a text's parts, without headers; no escape or surrogate pair is cut in two.
 * A text that fits into one message is one body.
 */
export function cutText(text: string, alphabet: Alphabet, form: Concatenation): Uint8Array[] {
  const characters = [...text];
  const whole = characters.reduce((sum, each) => sum + unitsOf(each, alphabet), 0);
  if (whole <= capacityOf(alphabet, 0)) return [encodeText(text, alphabet)];
  const capacity = capacityOf(alphabet, { udh8: 6, udh16: 7, sar: 0 }[form]);
  const pieces: string[] = [];
  let [piece, used] = ["", 0];
  for (const each of characters) {
    const units = unitsOf(each, alphabet);
    if (used + units > capacity) {
      pieces.push(piece);
      [piece, used] = ["", 0];
    }
    piece += each;
    used += units;
  }
  pieces.push(piece);
  return pieces.map((each) => encodeText(each, alphabet));
}

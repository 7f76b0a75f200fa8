/**
 * Bytes of a received message as text, by the data coding of SMPP 3.4, 5.2.19 and 3GPP TS 23.038, 4.
 * @module
 */
import { characterOfSeptets } from "./gsm.ts";

/** What the runtime's own decoders do, by data coding. */
const LABELS: ReadonlyMap<number, string> = new Map([
  [1, "us-ascii"],
  [3, "iso-8859-1"],
  [5, "shift_jis"],
  [6, "iso-8859-5"],
  [7, "iso-8859-8"],
  [8, "utf-16be"],
  [10, "iso-2022-jp"],
  [13, "euc-jp"],
  [14, "euc-kr"],
]);

/**
 * The text of a message. Never throws: what can't be decoded becomes U+FFFD, and octets of no
 * alphabet (2, 4) are shown as Latin-1.
 * @param coding 0 to 255
 */
export function decodeText(bytes: Uint8Array, coding: number): string {
  const alphabet = alphabetOf(coding);
  if (alphabet !== 0) return new TextDecoder(LABELS.get(alphabet) ?? "iso-8859-1").decode(bytes);
  // An octet of the default alphabet has seven bits. Where the eighth is set, the SMSC has left its
  // own default alphabet in: by experience UTF-8 or Latin-1.
  if (bytes.some((byte) => byte > 0x7f)) return decodeOctets(bytes);
  return decodeGsm(bytes);
}

/** The data coding without message class and indication groups. */
function alphabetOf(coding: number): number {
  if (coding < 0x10) return coding;
  const isClass = (coding & 0xf0) === 0xf0;
  if (isClass) return (coding & 0x04) === 0 ? 0 : 4;
  if (coding < 0x80) return coding & 0x0c;
  // Message waiting indication, of which the last group is UCS-2.
  return (coding & 0xf0) === 0xe0 ? 8 : 0;
}

function decodeOctets(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("iso-8859-1").decode(bytes);
  }
}

const ESCAPE = 0x1b;

function decodeGsm(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte !== ESCAPE) {
      text += characterOfSeptets(byte) ?? "\uFFFD";
    } else if (next !== undefined) {
      // TS 23.038: what the extension table lacks is shown by the default alphabet.
      text += characterOfSeptets(byte, next) ?? characterOfSeptets(next) ?? "\uFFFD";
      at++;
    }
  }
  return text;
}

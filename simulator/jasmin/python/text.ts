/**
 * Byte strings and their Python text. Bytes travel in this simulator as binary strings: one
 * character of 0..255 per byte, which is how they are cheapest to cut, compare and log.
 */

const encoder = new TextEncoder();
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** UTF-8 bytes of a text, as a binary string. */
export function toBinary(text: string): string {
  return fromBytes(encoder.encode(text));
}

/** Bytes as a binary string. */
export function fromBytes(bytes: Uint8Array): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return out;
}

/** A binary string as bytes. */
export function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** `bytes.decode("utf-8", "replace")`. */
export function decodeUtf8(binary: string): string {
  return lenient.decode(toBytes(binary));
}

/** Lower-case hex of the bytes. */
export function toHex(binary: string): string {
  let out = "";
  for (let i = 0; i < binary.length; i++) {
    out += binary.charCodeAt(i).toString(16).padStart(2, "0");
  }
  return out;
}

/** `repr` of bytes: `b'..'`, double quotes when the value holds single ones only. */
export function bytesRepr(binary: string): string {
  return `b${quoted(binary)}`;
}

/** `repr` of an ASCII text. */
export function textRepr(text: string): string {
  return quoted(text);
}

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of value) {
    const code = character.charCodeAt(0);
    if (character === "\\" || character === quote) out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (character === "\r") out += "\\r";
    else if (character === "\t") out += "\\t";
    else if (code < 0x20 || (code > 0x7e && code < 0x100)) {
      out += `\\x${code.toString(16).padStart(2, "0")}`;
    } else out += character;
  }
  return out + quote;
}

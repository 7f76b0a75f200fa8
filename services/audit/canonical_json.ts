/**
 * One text for one JSON value, so that a hash over it can be computed again from the database,
 * whose `jsonb` keeps neither the order of keys nor white space.
 * @see https://www.rfc-editor.org/rfc/rfc8785 keys in the order of their UTF-16 code units
 * @module
 */

/** A JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** The value's canonical text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    // sort() without a comparison orders by UTF-16 code units, as the RFC asks.
    const members = Object.entries(value).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Keys whose values are secrets, wherever they stand, in any case and with any separators. */
const SECRET_KEY =
  /(pass(word|wd|phrase)?|secret|token|credential|authorization|cookie|api_?key|private_?key|totp)[_-]?(hash|encrypted)?$/i;

const CUT = "[secret]";

/** PostgreSQL's `jsonb` has no NUL and no half of a surrogate pair; both become U+FFFD. */
const NOT_STORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * What of a value may be kept for ever: JSON that `jsonb` gives back as it was, with secrets cut
 * out. A bigint becomes a string of digits, a Date its ISO text; `undefined` and functions go.
 */
export function withoutSecrets(value: unknown): Json {
  // JSON's own rules first (toJSON, undefined, NaN); what it can't write is given a form.
  const text = JSON.stringify(value, (key, each) => {
    if (key !== "" && each !== null && each !== undefined && SECRET_KEY.test(key)) return CUT;
    if (typeof each === "bigint") return each.toString();
    if (each instanceof Uint8Array) return `[${each.length} bytes]`;
    return each;
  });
  if (text === undefined) return null;
  return storable(JSON.parse(text));
}

function storable(value: Json): Json {
  if (typeof value === "string") return value.replace(NOT_STORABLE, "\ufffd");
  // jsonb has no negative zero.
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map((each) => storable(each));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k.replace(NOT_STORABLE, "\ufffd"), storable(v)]),
    );
  }
  return value;
}

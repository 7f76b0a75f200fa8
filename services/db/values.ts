/**
 * Values as PostgreSQL writes and reads them: its text form, and bytes for `bytea`.
 * @see https://www.postgresql.org/docs/12/arrays.html#ARRAYS-IO for arrays
 * @module
 */
import { Buffer } from "node:buffer";

/** What a statement may be given. A `Date` must be a valid one. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | readonly Value[];

/** A value on the wire. */
export type WireValue = string | Buffer | null;

/** The wire form of a value. */
export function toWire(value: Value): WireValue {
  if (value === null) return null;
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return Array.isArray(value) ? arrayLiteral(value) : textOf(value as Exclude<Value, null>);
}

function textOf(value: Exclude<Value, null>): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${value.toHex()}`;
  return String(value);
}

/** The text form of an array, every element quoted. */
export function arrayLiteral(values: readonly Value[]): string {
  const elements = values.map((value) => {
    if (value === null) return "NULL";
    if (Array.isArray(value)) return arrayLiteral(value);
    return `"${textOf(value as Exclude<Value, null>).replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/**
 * The type that a value's JavaScript type tells, to be cast to; undefined leaves it to the server,
 * which takes it from where the value stands.
 */
export function typeOf(value: Value): string | undefined {
  if (value instanceof Date) return "timestamptz";
  if (value instanceof Uint8Array) return "bytea";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "bigint") return "int8";
  if (!Array.isArray(value)) return undefined;
  const first = value.find((element: Value) => element !== null);
  const type = first === undefined ? undefined : typeOf(first);
  return type === undefined || Array.isArray(first) ? type : `${type}[]`;
}

type Parse = (text: string) => unknown;

const asDate: Parse = (text) => new Date(text);

/** By oid, fixed for ever: `src/include/catalog/pg_type.dat`. The array type stands first. */
const PARSERS: readonly (readonly [array: number, element: number, parse: Parse])[] = [
  [1000, 16, (text) => text === "t"], // boolean
  [1001, 17, (text) => Buffer.from(text.slice(2), "hex")], // bytea
  [1016, 20, BigInt], // int8
  [1005, 21, Number], // int2
  [1007, 23, Number], // int4
  [1028, 26, Number], // oid
  [1009, 25, String], // text
  [199, 114, JSON.parse], // json
  [1021, 700, Number], // float4
  [1022, 701, Number], // float8
  [1182, 1082, asDate], // date
  [1115, 1114, asDate], // timestamp
  [1185, 1184, asDate], // timestamptz
  [1231, 1700, String], // numeric
  [1015, 1043, String], // varchar
  [2951, 2950, String], // uuid
  [3807, 3802, JSON.parse], // jsonb
];

const byOid = new Map<number, Parse>(
  PARSERS.flatMap(([array, element, parse]): [number, Parse][] => [
    [element, parse],
    [array, (text) => parseArray(text, parse)],
  ]),
);

/** How a column's text is read; what isn't known stays text. */
export function parserOf(oid: number): Parse {
  return byOid.get(oid) ?? String;
}

/** A token of the text form: a brace, a quoted element, or a bare one; commas only separate. */
const TOKEN = /([{}])|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

/** Reads the text form of an array, as the server writes it, to any depth. */
export function parseArray(text: string, parse: Parse = String): unknown[] {
  const root: unknown[] = [];
  const open: unknown[][] = [root];
  // Bounds stand in front when they don't begin at 1: `[0:1]={a,b}`.
  for (const [, brace, quoted, bare] of text.slice(text.indexOf("{")).matchAll(TOKEN)) {
    const inner = open.at(-1) ?? root;
    if (brace === "{") {
      const deeper: unknown[] = [];
      inner.push(deeper);
      open.push(deeper);
    } else if (brace === "}") open.pop();
    else if (quoted !== undefined) inner.push(parse(quoted.replace(/\\(.)/gs, "$1")));
    else if (bare !== undefined) inner.push(bare === "NULL" ? null : parse(bare));
  }
  const [array] = root;
  return Array.isArray(array) ? array : [];
}

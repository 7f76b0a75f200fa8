/**
 * Arrays of the built-in types, out and in. Two faults of postgres.js 3.4 are mended here. It asks the
 * server for its array types when it connects, and builds the statement that it connected for before
 * it has read the answer: `sql.array([1n])` then goes out as an `int8`, which the server refuses. And
 * it reads a NULL within an array as the text `NULL`.
 * @see https://www.postgresql.org/docs/12/arrays.html#ARRAYS-IO for the literal
 * @module
 */
import type { Sql } from "./connect.ts";

/** Element type to array type, by oid: `src/include/catalog/pg_type.dat`, fixed for ever. */
const ARRAY_TYPES: Readonly<Record<number, number>> = {
  16: 1000, // boolean
  17: 1001, // bytea
  20: 1016, // int8
  21: 1005, // int2
  23: 1007, // int4
  25: 1009, // text
  114: 199, // json
  700: 1021, // float4
  701: 1022, // float8
  1082: 1182, // date
  1114: 1115, // timestamp
  1184: 1185, // timestamptz
  1700: 1231, // numeric
  2950: 2951, // uuid
  3802: 3807, // jsonb
};

type Convert = (value: unknown) => unknown;

/** Makes the built-in array types known to a pool that hasn't connected yet. */
export function knowArrayTypes(sql: Sql): void {
  // `shared` is what all connections of a pool have in common; the published types leave it out.
  const options = sql.options as Sql["options"] & {
    readonly shared: { readonly typeArrayMap: Record<number, number> };
  };
  for (const [key, array] of Object.entries(ARRAY_TYPES)) {
    const element = Number(key);
    options.shared.typeArrayMap[element] = array;
    options.serializers[array] = (values: unknown) =>
      Array.isArray(values) ? arrayLiteral(values, options.serializers[element]) : values;
    options.parsers[array] = (text: string) => parseArray(text, options.parsers[element]);
  }
}

/** The text form of an array, every element quoted. */
export function arrayLiteral(values: readonly unknown[], serialize: Convert = String): string {
  const elements = values.map((value) => {
    if (value === null) return "NULL";
    if (Array.isArray(value)) return arrayLiteral(value, serialize);
    return `"${String(serialize(value)).replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/** A token of the text form: a brace, a quoted element, or a bare one; commas only separate. */
const TOKEN = /([{}])|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

/** Reads the text form of an array, as the server writes it, to any depth. */
export function parseArray(text: string, parse: Convert = (value) => value): unknown[] {
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
    else inner.push(bare === "NULL" ? null : parse(bare));
  }
  const [array] = root;
  return Array.isArray(array) ? array : [];
}

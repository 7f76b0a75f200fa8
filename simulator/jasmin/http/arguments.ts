/** Arguments of the HTTP API: from a query, a form or a JSON body, and their checks. */
import { bytesRepr, textRepr, toBinary } from "../python/text.ts";
import { PyFloat } from "../python/numbers.ts";
import { HttpError } from "./errors.ts";
import type { HttpRequest } from "./wire.ts";

/** Bytes, or what JSON gave in their place. */
export type Argument =
  | { readonly kind: "bytes"; readonly bytes: string }
  | { readonly kind: "int"; readonly number: number; readonly text: string }
  | { readonly kind: "float"; readonly text: string }
  | { readonly kind: "bool"; readonly text: "True" | "False" }
  | { readonly kind: "null" }
  | { readonly kind: "structure"; readonly type: "list" | "dict" };

/** In the order in which they came. */
export type Arguments = Map<string, Argument>;

export function bytesArgument(bytes: string): Argument {
  return { kind: "bytes", bytes };
}

/** Query and form fields; of a name that comes twice the first value counts. */
export function readForm(request: HttpRequest): Arguments {
  const question = request.target.indexOf("?");
  const args = parseForm(question < 0 ? "" : request.target.slice(question + 1));
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (request.method === "POST" && type === "application/x-www-form-urlencoded") {
    for (const [name, value] of parseForm(request.body)) args.set(name, value);
  }
  return args;
}

function parseForm(text: string): Arguments {
  const args: Arguments = new Map();
  for (const pair of text.split(/[&;]/)) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = unquote(pair.slice(0, equals));
    if (!args.has(name)) args.set(name, bytesArgument(unquote(pair.slice(equals + 1))));
  }
  return args;
}

function unquote(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  return spaced.replace(
    /%([0-9A-Fa-f]{2})/g,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Adds a JSON body's members. @throws {HttpError} 500 for what is not a JSON object */
export function addJson(args: Arguments, body: string): void {
  const parsed = parseJson(body);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    const name = pythonType(parsed);
    throw new HttpError(500, `Unknown error: '${name}' object has no attribute 'items'`);
  }
  for (const [name, value] of Object.entries(parsed)) {
    args.set(toBinary(name), jsonArgument(value));
  }
}

/** A number of a JSON text with its text, which decides whether it is an int. */
class JsonNumber {
  constructor(readonly text: string) {}
}

function parseJson(body: string): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(body, (character) => character.charCodeAt(0)),
    );
    // The third parameter, the number's source text, is not in the type library yet.
    const reviver = (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === "number" ? new JsonNumber(context?.source ?? String(value)) : value;
    return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
  } catch {
    throw new HttpError(500, "Unknown error: Expecting value: line 1 column 1 (char 0)");
  }
}

function pythonType(value: unknown): string {
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof JsonNumber) return /^-?\d+$/.test(value.text) ? "int" : "float";
  return typeof value === "string" ? "str" : "bool";
}

function jsonArgument(value: unknown): Argument {
  if (typeof value === "string") return bytesArgument(toBinary(value));
  if (typeof value === "boolean") return { kind: "bool", text: value ? "True" : "False" };
  if (value === null) return { kind: "null" };
  if (!(value instanceof JsonNumber)) {
    return { kind: "structure", type: Array.isArray(value) ? "list" : "dict" };
  }
  return /^-?\d+$/.test(value.text)
    ? { kind: "int", number: Number(value.text), text: value.text }
    : { kind: "float", text: new PyFloat(Number(value.text)).toString() };
}

/** What an argument may be. */
export interface Field {
  readonly required?: true;
  readonly pattern?: RegExp;
}

/** @throws {HttpError} 400 for the first argument that is unknown, missing or of the wrong form */
export function checkArguments(
  args: Arguments,
  fields: Readonly<Record<string, Field>>,
): void {
  if (args.size === 0) {
    throw new HttpError(
      400,
      "Mandatory arguments not found, please refer to the HTTPAPI specifications.",
    );
  }
  for (const name of args.keys()) {
    if (!(name in fields)) throw new HttpError(400, `Argument [${name}] is unknown.`);
    // The gateway checks all fields anew for each argument: the first one decides.
    for (const [field, rule] of Object.entries(fields)) checkField(args, field, rule);
  }
}

function checkField(args: Arguments, field: string, { required, pattern }: Field): void {
  const argument = args.get(field);
  if (argument === undefined) {
    if (required) throw new HttpError(400, `Mandatory argument [${field}] is not found.`);
    return;
  }
  if (argument.kind === "structure" || pattern === undefined) return;
  if (argument.kind === "null") {
    throw new HttpError(
      500,
      "Unknown error: expected string or bytes-like object, got 'NoneType'",
    );
  }
  const value = plain(argument);
  if (!pattern.test(value)) {
    throw new HttpError(400, `Argument [${field}] has an invalid value: [${value}].`);
  }
}

/** The argument's bytes, or the text of what stands in their place. */
export function plain(argument: Argument): string {
  switch (argument.kind) {
    case "bytes":
      return argument.bytes;
    case "null":
      return "None";
    case "structure":
      return argument.type === "dict" ? "{}" : "[]";
    default:
      return argument.text;
  }
}

/** Python's name of the argument's type. */
export function typeOf(argument: Argument): string {
  if (argument.kind === "null") return "NoneType";
  return argument.kind === "structure" ? argument.type : argument.kind;
}

/** Bytes of an argument; undefined when it is absent or no bytes. */
export function bytesOf(args: Arguments, name: string): string | undefined {
  const argument = args.get(name);
  return argument?.kind === "bytes" ? argument.bytes : undefined;
}

/** How Python prints the argument. */
export function argumentRepr(argument: Argument): string {
  if (argument.kind === "bytes") return bytesRepr(argument.bytes);
  return argument.kind === "structure" ? textRepr("..") : plain(argument);
}

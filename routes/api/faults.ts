/**
 * Words for what a schema found: what happened with the value, and the mend. Values are never
 * repeated, for they may be secrets.
 * @module
 */
import { z } from "zod";
import type { FieldFault } from "../../services/errors/mod.ts";

/** More than this helps nobody, and a list of 10,000 bad entries would answer with megabytes. */
const MAX_FAULTS = 20;
const MAX_FIELD_LENGTH = 120;

type RawIssue = z.core.$ZodRawIssue;

const NOUNS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a text",
  undefined: "nothing",
};

const FORMATS: Readonly<Record<string, string>> = {
  base64: "Is not base64; encode it so",
  date: "Is not a date; give one such as 2026-01-31",
  datetime: "Is not a time with its zone; give one such as 2026-01-31T12:00:00Z",
  e164: "Is not a phone number; give it with + and the country code, such as +34600111222",
  email: "Is not an e-mail address; give one such as name@example.com",
  ipv4: "Is not an IPv4 address; give one such as 192.0.2.1",
  url: "Is not a URL; give one such as https://example.com/path",
  uuid: "Is not a UUID; give one such as 0198c0de-7f3a-7b5c-9d2e-1f0a2b3c4d5e",
};

function nounOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "no finite number";
  return NOUNS[typeof value] ?? "something else";
}

function wordsOfSize(issue: RawIssue & { code: "too_small" | "too_big" }): string {
  const small = issue.code === "too_small";
  const limit = String(small ? issue.minimum : issue.maximum);
  const inclusive = issue.inclusive !== false;
  const bound = small
    ? (inclusive ? "at least" : "more than")
    : inclusive
    ? "at most"
    : "less than";
  if (issue.origin === "string") {
    const what = `give ${bound} ${limit} character${limit === "1" ? "" : "s"}`;
    if (issue.input === "") return `Is empty; ${what}`;
    return `Is too ${small ? "short" : "long"}; ${what}`;
  }
  if (issue.origin === "array" || issue.origin === "set" || issue.origin === "map") {
    return `Has too ${small ? "few" : "many"} entries; give ${bound} ${limit}`;
  }
  return `Is too ${small ? "small" : "large"}; give ${bound} ${limit}`;
}

function noneOf(values: readonly unknown[], missing: boolean): string {
  return `${missing ? "Is missing" : "Is none of the known values"}; give one of: ${
    values.join(", ")
  }`;
}

/** The sentence for one issue; a schema's own `error` goes before it. */
export function wordsOf(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      const expected = NOUNS[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return `Is missing; give ${expected}`;
      if (issue.expected === "int" && Number.isFinite(issue.input)) {
        return "Is not a whole number; give one";
      }
      return `Is ${nounOf(issue.input)}; give ${expected}`;
    }
    case "too_small":
    case "too_big":
      return wordsOfSize(issue);
    case "invalid_format":
      return FORMATS[issue.format] ??
        (issue.pattern === undefined
          ? `Is not a valid ${issue.format}`
          : `Has the wrong form; it must match ${issue.pattern}`);
    case "not_multiple_of":
      return `Must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return "Is not known here; leave it out";
    case "invalid_value":
      return noneOf(issue.values, issue.input === undefined);
    case "invalid_union":
      // A discriminated union says which kinds it knows; whether one was given, it doesn't say.
      return "options" in issue && Array.isArray(issue.options)
        ? noneOf(issue.options, false)
        : "Fits none of the shapes that are allowed here";
    default:
      return "Is not valid";
  }
}

function fieldOf(path: readonly PropertyKey[], whole: string): string {
  const field = path.map(String).join(".") || whole;
  return field.length > MAX_FIELD_LENGTH ? `${field.slice(0, MAX_FIELD_LENGTH)}…` : field;
}

/** Of a union's branches, the one that was most nearly meant: where the deepest value failed. */
function meantBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] {
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...issues.map((issue) => issue.path.length));
  return branches.toSorted((left, right) => depth(right) - depth(left))[0] ?? [];
}

function faultsOf(
  issue: z.core.$ZodIssue,
  parents: readonly PropertyKey[],
  whole: string,
): FieldFault[] {
  const path = [...parents, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: fieldOf([...path, key], whole),
      message: issue.message,
    }));
  }
  if (issue.code === "invalid_union") {
    const branch = meantBranch(issue.errors);
    if (branch.some((inner) => inner.path.length > 0)) {
      return branch.flatMap((inner) => faultsOf(inner, path, whole));
    }
  }
  return [{ field: fieldOf(path, whole), message: issue.message }];
}

/** Finds texts that PostgreSQL can't store: NUL characters and halves of surrogate pairs. */
function unstorable(value: unknown, path: readonly PropertyKey[], whole: string): FieldFault[] {
  if (typeof value === "string") {
    if (value.includes("\0")) {
      return [{ field: fieldOf(path, whole), message: "Has a NUL character; leave it out" }];
    }
    if (!value.isWellFormed()) {
      return [{
        field: fieldOf(path, whole),
        message: "Has half of a surrogate pair; send whole characters",
      }];
    }
    return [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...unstorable(key, path, whole),
    ...unstorable(each, [...path, key], whole),
  ]);
}

/**
 * Checks `value` against the schema. Faults are added to `faults`, named by their path, or by
 * `whole` for the value itself.
 * @returns the parsed value, or undefined when there were faults
 */
export function check(
  schema: z.ZodType,
  value: unknown,
  whole: string,
  faults: FieldFault[],
): unknown {
  const found = unstorable(value, [], whole);
  if (found.length === 0) {
    const result = schema.safeParse(value, { error: wordsOf });
    if (result.success) return result.data;
    found.push(...result.error.issues.flatMap((issue) => faultsOf(issue, [], whole)));
  }
  faults.push(...found.slice(0, Math.max(0, MAX_FAULTS - faults.length)));
  return undefined;
}

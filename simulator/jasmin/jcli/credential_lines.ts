/** The lines `mt_messaging_cred section key value` and `smpps_cred ...` of a user session. */
import {
  checkQuota,
  type Credential,
  CredentialError,
  type CredentialShape,
  newCredential,
  type Quota,
  type Section,
  setQuota,
  updateQuota,
  ValueError,
} from "../gateway/credentials.ts";
import { parsePyFloat, parsePyInt } from "../python/numbers.ts";
import { PyRegex, RegexError } from "../python/regex.ts";
import { textRepr } from "../python/text.ts";
import { SessionCrash } from "./line_editor.ts";

/** A value that was read; `relative` ones are added to the quota. */
export type CredentialChange =
  | { readonly section: "Authorization"; readonly key: string; readonly value: boolean | string }
  | { readonly section: "ValueFilter"; readonly key: string; readonly value: PyRegex }
  | { readonly section: "DefaultValue"; readonly key: string; readonly value: string }
  | {
    readonly section: "Quota";
    readonly key: string;
    readonly value: Quota;
    readonly relative: boolean;
  };

const TRUE = new Set(["true", "1", "t", "y", "yes"]);
const FALSE = new Set(["false", "0", "f", "n", "no"]);

/**
 * Reads the argument of a credential line.
 * @returns what to change, or the text of an error
 * @throws {SessionCrash} for a regular expression that does not compile
 */
export function readCredentialLine(
  credential: string,
  shape: CredentialShape,
  argument: string,
  updating: boolean,
): CredentialChange | string {
  const words = /^(\S+) (\S+) (\S+.*)$/.exec(argument);
  if (words === null) return `Error: expected syntax: ${credential} section key value`;
  const [, sectionWord = "", keyWord = "", value = ""] = words;
  const sections = Object.keys(shape.sections);
  const name = sections.find((known) => known.toLowerCase() === sectionWord.toLowerCase());
  if (name === undefined) {
    return `Error: invalid section name: ${sectionWord.toLowerCase()}, possible values: ` +
      sections.join(", ");
  }
  // The names are the keys of a record by Section.
  const section = name as Section;
  const keys = shape.sections[section] ?? {};
  const key = keys[keyWord.toLowerCase()];
  if (key === undefined) {
    return `Error: invalid key: ${keyWord.toLowerCase()}, possible keys: ` +
      Object.keys(keys).join(", ");
  }
  try {
    return readValue(shape, section, key, value, updating);
  } catch (error) {
    if (error instanceof RegexError) throw new SessionCrash("valuefilter");
    if (!(error instanceof CredentialError) && !(error instanceof ValueError)) throw error;
    return `Error: ${error.message}`;
  }
}

function readValue(
  shape: CredentialShape,
  section: Section,
  key: string,
  value: string,
  updating: boolean,
): CredentialChange {
  switch (section) {
    case "Authorization": {
      if (key === "ip") return { section, key, value };
      const word = value.toLowerCase();
      if (TRUE.has(word)) return { section, key, value: true };
      if (FALSE.has(word)) return { section, key, value: false };
      throw new CredentialError(`${key} is not a boolean value: ${value}`);
    }
    case "ValueFilter":
      return { section, key, value: new PyRegex(value) };
    case "DefaultValue":
      return { section, key, value };
    case "Quota":
      return readQuota(shape, key, value, updating);
  }
}

function readQuota(
  shape: CredentialShape,
  key: string,
  typed: string,
  updating: boolean,
): CredentialChange {
  if (typed.toLowerCase() === "none") {
    return { section: "Quota", key, value: null, relative: false };
  }
  const integer = shape.integers.has(key);
  const value = integer ? parsePyInt(typed) : parsePyFloat(typed);
  if (value === undefined) {
    throw new ValueError(
      integer
        ? `invalid literal for int() with base 10: ${textRepr(typed)}`
        : `could not convert string to float: ${textRepr(typed)}`,
    );
  }
  const signed = updating && /^[+-]/.test(typed);
  checkQuota(newCredential(shape), key, signed ? Math.abs(value) : value);
  // A sum of zero loses its sign on the way and replaces the quota; a float -0.0 keeps it.
  const relative = signed && (value !== 0 || (!integer && Object.is(value, -0)));
  return { section: "Quota", key, value, relative };
}

/**
 * Applies a change.
 * @param updating whether an existing user is updated: a text that starts with a sign is then
 *   taken for a relative quota, which the gateway fails on or passes over
 * @throws {SessionCrash}
 */
export function applyChange(
  credential: Credential,
  change: CredentialChange,
  updating: boolean,
): void {
  switch (change.section) {
    case "Authorization":
      credential.authorizations.set(change.key, change.value);
      return;
    case "ValueFilter":
      if (updating && change.value.pattern.startsWith("-")) throw new SessionCrash("sign");
      credential.filters.set(change.key, change.value);
      return;
    case "DefaultValue":
      if (updating && change.value.startsWith("-")) throw new SessionCrash("sign");
      if (updating && change.value.startsWith("+")) return;
      credential.defaults.set(change.key, change.value);
      return;
    case "Quota":
      if (change.relative) updateQuota(credential, change.key, change.value ?? 0);
      else setQuota(credential, change.key, change.value);
  }
}

/**
 * Settings of a connector as they are typed: from a value to its text and back, and what is wrong
 * with a text. Pure and light: the form checks with it as one types, and the server again.
 * @module
 */
import {
  CID_SHAPE,
  CONNECTOR_KEYS,
  type ConnectorKey,
  KEY_NAMES,
  type KeyRule,
  LOGFILE_SHAPE,
  type NumberRule,
  ruleOf,
  type SettingChanges,
  type TextRule,
  TLVS_SHAPE,
} from "./connector_keys.ts";

/** What is wrong with a typed value; pages say it in their language. */
export type KeyFault =
  | { readonly kind: "required" | "space" | "none" | "number" | "whole" | "choice" }
  | { readonly kind: "cid" | "logfile" | "tlvs" }
  | { readonly kind: "long"; readonly have: number; readonly most: number }
  | { readonly kind: "character"; readonly name: string }
  | { readonly kind: "range"; readonly min: number; readonly max: number };

/** The fields of the form, as they were typed; a key that is absent is not asked for. */
export type TypedSettings = Readonly<Partial<Record<ConnectorKey, string>>>;

/** A value as the form shows it: nothing is the empty text. */
export function typedValue(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** The first character that a terminal line can't carry, by its code point; null without one. */
export function badCharacter(text: string): string | null {
  for (const character of text) {
    if (character >= " " && character <= "~") continue;
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return null;
}

function textFault(rule: TextRule, text: string): KeyFault | null {
  const character = badCharacter(text);
  if (character !== null) return { kind: "character", name: character };
  if (text !== text.trim()) return { kind: "space" };
  if (text.length > rule.max) return { kind: "long", have: text.length, most: rule.max };
  if (rule.noneIsNothing === true && text.toLowerCase() === "none") return { kind: "none" };
  if (rule.shape === "logfile" && !LOGFILE_SHAPE.test(text)) return { kind: "logfile" };
  if (rule.shape === "tlvs" && !TLVS_SHAPE.test(text)) return { kind: "tlvs" };
  return null;
}

/** A number with a point or a comma; null for anything else. */
function numberOf(text: string): number | null {
  return /^-?\d{1,16}(?:[.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : null;
}

function numberFault(rule: NumberRule, text: string): KeyFault | null {
  const value = numberOf(text);
  if (value === null) return { kind: "number" };
  if (rule.whole === true && !Number.isInteger(value)) return { kind: "whole" };
  if (value < rule.min || value > rule.max) {
    return { kind: "range", min: rule.min, max: rule.max };
  }
  return null;
}

function mayBeNothing(rule: KeyRule): boolean {
  return rule.nullable === true || (rule.kind === "text" && rule.mayBeEmpty === true);
}

/** What is wrong with a key's text; null when the gateway takes it. */
export function settingFault(key: ConnectorKey, text: string): KeyFault | null {
  const rule = ruleOf(key);
  if (text === "") return mayBeNothing(rule) ? null : { kind: "required" };
  switch (rule.kind) {
    case "text":
      return textFault(rule, text);
    case "number":
      return numberFault(rule, text);
    case "choice":
      return rule.choices.some((choice) => String(choice) === text) ? null : { kind: "choice" };
    case "flag":
      return text === "yes" || text === "no" ? null : { kind: "choice" };
  }
}

/** What is wrong with the id of a new connector. */
export function cidFault(text: string): KeyFault | null {
  if (text === "") return { kind: "required" };
  return CID_SHAPE.test(text) ? null : { kind: "cid" };
}

function valueOf(rule: KeyRule, text: string): string | number | boolean | null {
  if (text === "") return rule.nullable === true ? null : "";
  switch (rule.kind) {
    case "text":
      return text;
    case "number":
      return numberOf(text) ?? 0;
    case "choice":
      return rule.choices.find((choice) => String(choice) === text) ?? text;
    case "flag":
      return text === "yes";
  }
}

/** Settings that were typed and differ, or what is wrong with them. */
export interface ReadSettings {
  readonly changes: SettingChanges;
  readonly faults: Readonly<Partial<Record<ConnectorKey, KeyFault>>>;
}

/**
 * Reads what was typed. What stands as it stood is no change and is not judged: the gateway may
 * have values that it would be wrong to set. A password that is left empty stays as it is.
 * @param base what the fields began with
 */
export function readSettings(typed: TypedSettings, base: TypedSettings): ReadSettings {
  const changes: Record<string, unknown> = {};
  const faults: Partial<Record<ConnectorKey, KeyFault>> = {};
  for (const key of KEY_NAMES) {
    const text = typed[key];
    const before = base[key];
    if (text === undefined || text === before) continue;
    const rule = ruleOf(key);
    const value = rule.kind === "number" ? text.trim() : text;
    const fault = settingFault(key, value);
    if (fault === null) {
      const read = valueOf(rule, value);
      if (before === undefined || typedValue(read) !== before) changes[key] = read;
    } else faults[key] = fault;
  }
  // Each value was read by its own key's rule, which the compiler can't follow.
  return { changes: changes as SettingChanges, faults };
}

/** What the fields of a new connector begin with: the gateway's defaults, and no login. */
export function typedDefaults(): Record<ConnectorKey, string> {
  const entries = KEY_NAMES.map((key) => [key, typedValue(CONNECTOR_KEYS[key].initial)]);
  // Each key was mapped.
  const all = Object.fromEntries(entries) as Record<ConnectorKey, string>;
  return { ...all, password: "" };
}

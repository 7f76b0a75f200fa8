/**
 * Numbers as people type them.
 * @module
 */
import { FORMAT_LOCALES, type Language } from "./languages.ts";

function separators(language: Language): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(FORMAT_LOCALES[language]).formatToParts(1_234_567.8);
  const find = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: find("decimal"), group: find("group") };
}

/**
 * Reads a number with the language's own comma and groups; a point is taken too where it can't be
 * a group. Answers it in plain form, such as `1234.5`, so that no digit is lost; null: no number.
 */
export function parseDecimal(text: string, language: Language): string | null {
  const { decimal, group } = separators(language);
  const bare = text.trim().replaceAll(/[\s\u00a0\u202f'’]/g, "").replace("\u2212", "-");
  const [, sign = "", digits = ""] = /^([+-]?)(.*)$/.exec(bare) ?? [];
  const isGrouped = (whole: string) =>
    new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole) && /[.,]/.test(group);
  const at = digits.lastIndexOf(decimal);
  let whole = at < 0 ? digits : digits.slice(0, at);
  let fraction = at < 0 ? "" : digits.slice(at + decimal.length);
  if (isGrouped(whole)) whole = whole.replaceAll(group, "");
  else if (at < 0 && /^\d*[.,]\d+$/.test(digits)) {
    [whole = "", fraction = ""] = digits.split(/[.,]/);
  }
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole + fraction === "") return null;
  const number = `${whole.replace(/^0+(?=\d)/, "") || "0"}${fraction === "" ? "" : `.${fraction}`}`;
  return sign === "-" && /[1-9]/.test(number) ? `-${number}` : number;
}

/** Reads an amount of money into micro-units; null when it is no number or finer than a micro-unit. */
export function parseMicros(text: string, language: Language): bigint | null {
  const plain = parseDecimal(text, language);
  if (plain === null) return null;
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".");
  if (/[1-9]/.test(fraction.slice(6))) return null;
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return plain.startsWith("-") ? -micros : micros;
}

/**
 * Translators of every language, on the server.
 * @module
 */
import { de } from "../../locales/de.ts";
import { en, type English } from "../../locales/en.ts";
import { es } from "../../locales/es.ts";
import { fr } from "../../locales/fr.ts";
import type { Language } from "./languages.ts";
import type { Phrases } from "./phrase.ts";
import { type Namespace, speak, type T } from "./translate.ts";

/** All phrases of all languages. */
export const LOCALES: Readonly<Record<Language, Readonly<Record<keyof English, Phrases>>>> = {
  es,
  en,
  fr,
  de,
};

const translators = new Map<string, T>();

/** Zones are what users choose; a bound keeps what they make up from filling the memory. */
const MOST_TRANSLATORS = 200;

/**
 * Speaks a language, with times in a zone (an IANA name).
 * @throws {RangeError} when there is no such zone
 */
export function translator(language: Language, timeZone = "UTC"): T {
  const key = `${language} ${timeZone}`;
  const known = translators.get(key);
  if (known !== undefined) return known;
  if (translators.size >= MOST_TRANSLATORS) translators.clear();
  const made = speak<Namespace>({ language, timeZone, phrases: LOCALES[language] });
  translators.set(key, made);
  return made;
}

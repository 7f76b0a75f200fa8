/**
 * The languages of pages, and which of them a visitor gets.
 * @module
 */

/** Every language that the pages speak, complete. */
export const LANGUAGES = ["es", "en", "fr", "de"] as const;
export type Language = typeof LANGUAGES[number];

/** What is spoken to who asks for none of ours. */
export const DEFAULT_LANGUAGE: Language = "en";

/** Where number, money and date formats come from: each language as written in its own country. */
export const FORMAT_LOCALES: Readonly<Record<Language, string>> = {
  es: "es-ES",
  en: "en-GB",
  fr: "fr-FR",
  de: "de-DE",
};

/** Whether the text names one of our languages. */
export function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** Where a wish for a language may come from, the strongest first. */
export interface LanguageWishes {
  /** The signed-in user's own choice. */
  readonly user?: string | null;
  /** The choice kept by this browser before signing in. */
  readonly cookie?: string | null;
  /** The header, RFC 9110, 12.5.4. */
  readonly acceptLanguage?: string | null;
}

/** The language to answer in: the user's, else the cookie's, else the best that the browser takes. */
export function chooseLanguage(wishes: LanguageWishes): Language {
  if (isLanguage(wishes.user)) return wishes.user;
  if (isLanguage(wishes.cookie)) return wishes.cookie;
  return negotiate(wishes.acceptLanguage ?? "") ?? DEFAULT_LANGUAGE;
}

/** The first of ours by descending weight; null when none is asked for, or each is refused. */
function negotiate(header: string): Language | null {
  const asked = header.slice(0, 1_000).split(",").map((range, place) => {
    const [tag = "", ...params] = range.split(";").map((part) => part.trim().toLowerCase());
    const weight = params.find((param) => param.startsWith("q="))?.slice(2);
    const q = weight === undefined ? 1 : Number(weight);
    return { tag, place, q: Number.isFinite(q) ? q : 0 };
  });
  asked.sort((left, right) => right.q - left.q || left.place - right.place);
  for (const { tag, q } of asked) {
    if (q <= 0) continue;
    if (tag === "*") return DEFAULT_LANGUAGE;
    const primary = tag.split("-")[0];
    if (isLanguage(primary)) return primary;
  }
  return null;
}

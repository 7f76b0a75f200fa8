/**
 * Says phrases in one language. Light enough for islands: it holds no language of its own.
 * @module
 */
import type { English } from "../../locales/en.ts";
import { type Format, format as formatOf } from "./format.ts";
import type { Language } from "./languages.ts";
import { type ParamsOf, type Phrase, type Phrases, PLACE, type Value } from "./phrase.ts";

/** A subject of the locales, such as `nav`. */
export type Namespace = keyof English & string;

/** A phrase of these subjects: `nav.dashboard`. */
export type KeyOf<Of extends Namespace> = {
  [Name in Of]: `${Name}.${keyof English[Name] & string}`;
}[Of];

type PhraseAt<Key extends string> = Key extends `${infer Name extends Namespace}.${infer Rest}`
  ? Rest extends keyof English[Name] ? Extract<English[Name][Rest], Phrase> : never
  : never;

type ArgsOf<Key extends string> = [keyof ParamsOf<PhraseAt<Key>>] extends [never] ? []
  : [params: ParamsOf<PhraseAt<Key>>];

/** What an island gets as a prop to speak with: one language's phrases of some subjects. */
export interface Spoken<Of extends Namespace = Namespace> {
  readonly language: Language;
  /** IANA name of the zone that times are shown in. */
  readonly timeZone: string;
  readonly phrases: { readonly [Name in Of]: Phrases };
}

/**
 * Says a phrase by its key. A component asks for the subjects that it needs, `T<"paging">`; the
 * translator of all subjects fits everywhere.
 */
export interface T<Of extends Namespace = Namespace> {
  <Key extends KeyOf<Of>>(key: Key, ...args: ArgsOf<Key>): string;
  /** The same as a list of texts and nodes, for sentences with a link or a bold name in them. */
  parts<Key extends KeyOf<Of>, Node>(
    key: Key,
    params: ParamsOf<PhraseAt<Key>, Node>,
  ): (string | Node)[];
  /** What an island needs to say these subjects itself, by `speak`. */
  spoken<Some extends Of>(...names: readonly Some[]): Spoken<Some>;
  readonly format: Format;
  readonly language: Language;
}

/** Makes a translator of what is given. */
export function speak<Of extends Namespace>(spoken: Spoken<Of>): T<Of> {
  const { language, phrases, timeZone } = spoken;
  const format = formatOf(language, timeZone);
  const rules = new Intl.PluralRules(language);

  const find = (key: string): Phrase | undefined => {
    const dot = key.indexOf(".");
    // Widened: keys are checked by the compiler, but a record of all names is what is at hand.
    const subjects: Readonly<Record<string, Phrases>> = phrases;
    return subjects[key.slice(0, dot)]?.[key.slice(dot + 1)];
  };
  const textOf = (key: string, n: unknown): string => {
    const phrase = find(key);
    if (phrase === undefined) throw new RangeError(`There is no phrase "${key}" in ${language}`);
    if (typeof phrase === "string") return phrase;
    return phrase[rules.select(Number(n))] ?? phrase.other;
  };
  const write = (value: unknown): string =>
    typeof value === "number" || typeof value === "bigint" ? format.number(value) : String(value);

  const say = (key: string, params: Readonly<Record<string, Value>> = {}): string =>
    textOf(key, params["n"]).replaceAll(PLACE, (place, name: string) => {
      const value = params[name];
      return value === undefined ? place : write(value);
    });
  const parts = (key: string, params: Readonly<Record<string, unknown>>): unknown[] =>
    textOf(key, params["n"]).split(PLACE).map((piece, index) => {
      if (index % 2 === 0) return piece;
      const value = params[piece];
      return typeof value === "object" && value !== null ? value : write(value);
    }).filter((piece) => piece !== "");
  const some = (...names: readonly Of[]) => ({
    language,
    timeZone,
    phrases: Object.fromEntries(names.map((name) => [name, phrases[name]])),
  });
  // The compiler can't derive the signatures that depend on the key from these loose functions.
  return Object.assign(say, { parts, spoken: some, format, language }) as unknown as T<Of>;
}

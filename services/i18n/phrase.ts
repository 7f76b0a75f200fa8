/**
 * What a phrase is: a text with places for parameters, or one text per plural category.
 * @module
 */

/** Texts by plural category of CLDR; which one is taken, the parameter `n` decides. */
export type PluralForms =
  & { readonly [Category in Intl.LDMLPluralRule]?: string }
  & { readonly other: string };

/** A text such as `{done} of {total} sent`, or its plural forms. */
export type Phrase = string | PluralForms;

/** A subject's phrases by name. */
export type Phrases = Readonly<Record<string, Phrase>>;

/** What another language must give for the same subject: the same names, plural where it is plural. */
export type Like<Source extends Phrases> = {
  readonly [Name in keyof Source]: Source[Name] extends string ? string : PluralForms;
};

/** What stands in a phrase's place: numbers are written as the language writes them. */
export type Value = string | number | bigint;

/** The names in braces of a text. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type TextsOf<Of extends Phrase> = Of extends string ? Of : Extract<Of[keyof Of], string>;

/** The parameters that a phrase takes; plural forms always take the number `n`. */
export type ParamsOf<Of extends Phrase, Other = never> =
  & { readonly [Name in Exclude<NamesIn<TextsOf<Of>>, "n">]: Value | Other }
  & (Of extends string ? { readonly [Name in Extract<NamesIn<Of>, "n">]: Value | Other }
    : { readonly n: number | bigint });

/** Names in braces, as `NamesIn` finds them in a type. */
export const PLACE: RegExp = /\{(\w+)\}/g;

/** The names of a phrase's parameters, of all its forms together, in alphabetical order. */
export function paramNames(phrase: Phrase): string[] {
  const texts = typeof phrase === "string" ? [phrase] : Object.values(phrase);
  const names = texts.flatMap((text) => Array.from(text.matchAll(PLACE), ([, name = ""]) => name));
  return [...new Set(names)].sort();
}

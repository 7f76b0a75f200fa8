/**
 * The part of i18n that islands use: it holds no language, and no numbering plan.
 * @module
 */
export * from "./format.ts";
export * from "./languages.ts";
export * from "./parse.ts";
export * from "./phrase.ts";
export * from "./translate.ts";

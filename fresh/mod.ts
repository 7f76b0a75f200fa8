/**
 * The part of Fresh 2.3's API that this app uses, under the same names.
 * @see https://fresh.deno.dev/docs
 * @module
 */
export { App } from "./app.ts";
export { type Context, HttpError } from "./context.ts";
export { csp, type CSPOptions } from "./middlewares/csp.ts";
export { csrf } from "./middlewares/csrf.ts";
export { staticFiles } from "./middlewares/static_files.ts";
export * from "./types.ts";

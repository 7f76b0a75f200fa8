/**
 * The part of Fresh 2.3's API that this app uses, under the same names.
 * @see https://fresh.deno.dev/docs
 * @module
 */
export { App } from "./app.ts";
export type { Context, WebSocketHandlers, WebSocketUpgradeOptions } from "./context.ts";
export { HttpError } from "./error.ts";
export { csp, type CSPOptions } from "./middlewares/csp.ts";
export { csrf, type CsrfOptions } from "./middlewares/csrf.ts";
export { staticFiles } from "./middlewares/static_files.ts";
export type { Method } from "./router.ts";
export { createDefine, page } from "./types.ts";
export type {
  Define,
  FreshConfig,
  HandlerByMethod,
  HandlerFn,
  LayoutConfig,
  Middleware,
  PageProps,
  PageResponse,
  ResolvedFreshConfig,
  RouteConfig,
  RouteHandler,
} from "./types.ts";

/**
 * The part of Fresh 2.3's API that this app uses, under the same names.
 * @see https://fresh.deno.dev/docs
 * @module
 */
export { App } from "./app.ts";
export type { Context, WebSocketHandlers, WebSocketUpgradeOptions } from "./context.ts";
export { HttpError } from "./error.ts";
export type { Method } from "./router.ts";
export { createDefine, page } from "./types.ts";
export type {
  Define,
  FreshConfig,
  HandlerByMethod,
  HandlerFn,
  Middleware,
  PageResponse,
  ResolvedFreshConfig,
  RouteHandler,
} from "./types.ts";

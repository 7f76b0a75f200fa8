import type { Context } from "./context.ts";
import type { Method } from "./router.ts";

export interface FreshConfig {
  /** Serve everything below this path. @default "" */
  basePath?: string;
  /** @default "production" */
  mode?: "development" | "production";
  /** Build `ctx.url` from `X-Forwarded-Proto` and `X-Forwarded-Host`. @default false */
  trustProxy?: boolean;
}

export type ResolvedFreshConfig = Required<FreshConfig> & { root: string };

/** Does its work, and answers or hands on by `ctx.next()`. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** Data for a page's component, and what its response shall carry. */
export interface PageResponse<T> {
  data: T;
  headers?: HeadersInit | undefined;
  status?: number | undefined;
}

type Answer<Data> = Response | PageResponse<Data>;

/** Answers a route by itself, or returns data for the route's component. */
export type HandlerFn<Data, State> = (ctx: Context<State>) => Answer<Data> | Promise<Answer<Data>>;
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

export interface Route<State> {
  handler?: RouteHandler<unknown, State>;
}

/** Returns data from a handler to its page's component. */
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
export function page(): PageResponse<undefined>;
export function page(
  data?: unknown,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<unknown> {
  return { data, ...options };
}

/** Identity functions that give handlers and middlewares their types. */
export interface Define<State> {
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
}

/** The define functions of an app whose `ctx.state` is a `State`. */
export function createDefine<State>(): Define<State> {
  return { handlers: (handlers) => handlers, middleware: (middleware) => middleware };
}

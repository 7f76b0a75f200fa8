import type { ComponentType, FunctionComponent, VNode } from "preact";
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

/** What a page, a layout or the app wrapper gets. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    "config" | "error" | "info" | "params" | "req" | "route" | "state" | "url"
  >
  & {
    data: Data;
    /** What a layout or the app wrapper stands around. */
    Component: FunctionComponent;
  };

/** A component, or an async function, which may also answer the request by itself. */
export type RouteComponent<State> =
  | ComponentType<PageProps<unknown, State>>
  | ((props: PageProps<unknown, State>) => Promise<VNode | Response | null>);

/** What a layout's file may export as `config`. */
export interface LayoutConfig {
  /** Leave out the layouts further out. @default false */
  skipInheritedLayouts?: boolean;
  /** Leave out `_app.tsx`. @default false */
  skipAppWrapper?: boolean;
}

/** What a route's file may export as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** The pattern to answer at, in place of the file's own. */
  routeOverride?: string;
}

export interface Route<State> {
  component?: RouteComponent<State> | undefined;
  config?: RouteConfig | undefined;
  handler?: RouteHandler<unknown, State> | undefined;
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

type DataOf<Handler, State> = Handler extends HandlerFn<infer Data, State> ? Data
  : Handler extends HandlerByMethod<infer Data, State> ? Data
  : never;

/** Identity functions that give handlers, pages and middlewares their types. */
export interface Define<State> {
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;
  layout(render: ComponentType<PageProps<unknown, State>>): typeof render;
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
  /** A page; with `<typeof handler>`, its `data` is what that handler returns. */
  page<Handler extends RouteHandler<unknown, State> = never, Data = DataOf<Handler, State>>(
    render: ComponentType<PageProps<Data, State>>,
  ): typeof render;
}

/** The define functions of an app whose `ctx.state` is a `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    layout: (render) => render,
    middleware: (middleware) => middleware,
    page: (render) => render,
  };
}

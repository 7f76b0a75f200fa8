import type { ComponentType, FunctionComponent } from "preact";
import type { Context } from "./context.ts";
import type { Method } from "./router.ts";

export interface FreshConfig {
  /** Build `ctx.url` from `X-Forwarded-Proto` and `X-Forwarded-Host`. @default false */
  trustProxy?: boolean;
}

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
type HandlerFn<Data, State> = (ctx: Context<State>) => Answer<Data> | Promise<Answer<Data>>;
type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** What a page, a layout or the app wrapper gets. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<Context<State>, "error" | "info" | "params" | "req" | "route" | "state" | "url">
  & {
    data: Data;
    /** What a layout or the app wrapper stands around. */
    Component: FunctionComponent;
  };

export type RouteComponent<State> = ComponentType<PageProps<unknown, State>>;

/** What the file of a route or of a layout may export as `config`. */
export interface RouteConfig {
  /** Leave out the layouts further out. @default false */
  skipInheritedLayouts?: boolean;
  /** Leave out `_app.tsx`. @default false */
  skipAppWrapper?: boolean;
}

/** Returns data from a handler to its page's component. */
export function page<T>(data: T, options?: Omit<PageResponse<T>, "data">): PageResponse<T> {
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
    middleware: (middleware) => middleware,
    page: (render) => render,
  };
}

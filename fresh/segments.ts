import type { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import { FRAME } from "./frame.ts";
import { renderComponent } from "./render.ts";
import { type Method, METHODS } from "./router.ts";
import type { LayoutConfig, Middleware, Route, RouteComponent } from "./types.ts";

/** A node of the tree along which middlewares, layouts and error routes are inherited. */
export class Segment<State> {
  readonly children = new Map<string, Segment<State>>();
  readonly middlewares: Middleware<State>[] = [];
  errorRoute: Route<State> | null = null;
  layout: { component: RouteComponent<State>; config: LayoutConfig } | null = null;
  /** This and the next: only the root's is asked. */
  app: RouteComponent<State> | null = null;
  notFound: Route<State> | null = null;

  constructor(readonly parent: Segment<State> | null = null) {}

  /** The node of `pattern` below this one, made when it is not there yet. */
  at(pattern: string): Segment<State> {
    // An optional group names no segment of its own: /api{/:id}?/log inherits from /api.
    const path = pattern.replace(/\{[^}]*\}\??/g, "").replace(/^\/?\*$/, "");
    const names = path.split("/").filter((name) => name !== "");
    return names.reduce<Segment<State>>((parent, name) => {
      const child = parent.children.get(name) ?? new Segment(parent);
      parent.children.set(name, child);
      return child;
    }, this);
  }

  /** Everything that runs around a route here, outermost first, as registered so far. */
  inherited(root: Segment<State>): Middleware<State>[] {
    const outer = this.parent?.inherited(root) ?? [];
    return [...outer, this.#surround(root), ...this.middlewares];
  }

  #surround(root: Segment<State>): Middleware<State> {
    const { app, errorRoute, layout } = this;
    return async (ctx) => {
      const frame = ctx[FRAME];
      if (app !== null) frame.app = app;
      if (layout !== null) {
        const { component, config } = layout;
        if (config.skipAppWrapper) frame.app = null;
        frame.layouts = config.skipInheritedLayouts ? [component] : [...frame.layouts, component];
      }
      try {
        return await ctx.next();
      } catch (error) {
        const status = error instanceof HttpError ? error.status : 500;
        if (status === 404 && root.notFound !== null) {
          return await runRoute(ctx, root.notFound, status);
        }
        if (errorRoute === null) throw error;
        return await runRoute(ctx, errorRoute, status);
      }
    };
  }
}

/** The methods that a route answers. */
export function methodsOf<State>({ component, handler }: Route<State>): readonly Method[] {
  if (typeof handler === "function") return METHODS;
  if (handler === undefined) return component === undefined ? [] : METHODS;
  return METHODS.filter((method) =>
    handler[method] !== undefined || (method === "GET" && component !== undefined)
  );
}

/**
 * Runs a route's handler for the request's method, and shows by its component what it returns.
 * @param status of the page, unless the handler gives another
 */
export async function runRoute<State>(
  ctx: Context<State>,
  route: Route<State>,
  status = 200,
): Promise<Response> {
  const { component, config = {}, handler } = route;
  const frame = ctx[FRAME];
  if (config.skipAppWrapper) frame.app = null;
  if (config.skipInheritedLayouts) frame.layouts = [];

  const method = ctx.req.method as Method; // an unknown method finds no handler
  const asked = method === "HEAD" ? "GET" : method;
  const run = typeof handler === "function" ? handler : handler?.[method] ?? handler?.[asked];
  const shown = component !== undefined && (handler === undefined || asked === "GET");
  if (run === undefined && !shown) return await ctx.next();

  const result = run === undefined ? { data: {} } : await run(ctx);
  if (result instanceof Response) return result;
  if (component === undefined) {
    throw new TypeError("This route returned data and has no component to show it");
  }
  const vnode = await renderComponent(ctx, component, result.data);
  if (vnode instanceof Response) return vnode;
  const headers = new Headers(result.headers);
  return await ctx.render(vnode, { headers, status: result.status ?? status });
}

/** One middleware of many; `ctx.next` leads from each to the one after it. */
export function compose<State>(middlewares: readonly Middleware<State>[]): Middleware<State> {
  return (ctx) => {
    const tail = ctx.next;
    const run = async (index: number): Promise<Response> => {
      const middleware = middlewares[index];
      if (middleware === undefined) return await tail();
      ctx.next = () => run(index + 1);
      const frame = ctx[FRAME];
      const { app, layouts } = frame;
      try {
        return await middleware(ctx);
      } catch (error) {
        ctx.error = error;
        throw error;
      } finally {
        Object.assign(frame, { app, layouts }); // for who answers in place of what failed
      }
    };
    return run(0);
  };
}

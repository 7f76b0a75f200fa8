import type { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import type { Method } from "./router.ts";
import type { Middleware, Route } from "./types.ts";

/** A node of the tree along which middlewares and error routes are inherited. */
export class Segment<State> {
  readonly children = new Map<string, Segment<State>>();
  readonly middlewares: Middleware<State>[] = [];
  errorRoute: Route<State> | null = null;
  /** Only the root's is asked. */
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
    return [...outer, catching(root, this.errorRoute), ...this.middlewares];
  }
}

function catching<State>(root: Segment<State>, errorRoute: Route<State> | null): Middleware<State> {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      if (error instanceof HttpError && error.status === 404 && root.notFound !== null) {
        return await runRoute(ctx, root.notFound);
      }
      if (errorRoute === null) throw error;
      return await runRoute(ctx, errorRoute);
    }
  };
}

/** Runs a route's handler for the request's method. */
export async function runRoute<State>(ctx: Context<State>, route: Route<State>): Promise<Response> {
  const { handler = {} } = route;
  const method = ctx.req.method as Method; // an unknown method finds no handler
  const run = typeof handler === "function"
    ? handler
    : handler[method] ?? (method === "HEAD" ? handler.GET : undefined);
  if (run === undefined) return await ctx.next();
  const result = await run(ctx);
  if (result instanceof Response) return result;
  throw new TypeError("This route returned data and has no component to show it");
}

/** One middleware of many; `ctx.next` leads from each to the one after it. */
export function compose<State>(middlewares: readonly Middleware<State>[]): Middleware<State> {
  return (ctx) => {
    const tail = ctx.next;
    const run = async (index: number): Promise<Response> => {
      const middleware = middlewares[index];
      if (middleware === undefined) return await tail();
      ctx.next = () => run(index + 1);
      try {
        return await middleware(ctx);
      } catch (error) {
        ctx.error = error;
        throw error;
      }
    };
    return run(0);
  };
}

import { compose, type Context, HttpError } from "./context.ts";
import { FRAME, renderComponent } from "./render.ts";
import { type Method, METHODS, type Router } from "./router.ts";
import type { Middleware, RouteComponent, RouteConfig, RouteHandler } from "./types.ts";

/** What a file below `routes/` may export. */
interface RouteModule<State> {
  default?: RouteComponent<State>;
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State>;
  handlers?: RouteHandler<unknown, State>;
}

const SPECIAL = /\/_(app|layout|middleware|error|404)$/;

/** The files of a project's `routes/`; the outermost folder is called "". */
export class FsRoutes<State> {
  readonly #modules = new Map<string, RouteModule<State>>();

  /** @throws when a file exports nothing that its kind needs */
  constructor(modules: Readonly<Record<string, RouteModule<State>>>) {
    for (const [id, module] of Object.entries(modules)) {
      this.#modules.set(id, module);
      if (module.default ?? module.handler ?? module.handlers ?? module.config) continue;
      throw new Error(`routes${id} must export a default, a handler or a config, and has none`);
    }
  }

  /** Puts a folder's wrapper and layout around pages, and answers what is thrown below it. */
  surround(folder: string): Middleware<State> {
    const app = folder === "" ? this.#modules.get("/_app")?.default : undefined;
    const { config, default: layout } = this.#modules.get(`${folder}/_layout`) ?? {};
    const errorPage = this.#modules.get(`${folder}/_error`);
    const notFound = this.#modules.get("/_404");
    return async (ctx) => {
      const frame = ctx[FRAME];
      if (app !== undefined) frame.app = app;
      if (layout !== undefined) {
        skip(ctx, config);
        frame.layouts = [...frame.layouts, layout];
      }
      try {
        return await ctx.next();
      } catch (error) {
        const status = error instanceof HttpError ? error.status : 500;
        const answer = (status === 404 ? notFound : undefined) ?? errorPage;
        if (answer === undefined) throw error;
        return await runRoute(ctx, answer, status);
      }
    };
  }

  middlewares(folder: string): Middleware<State>[] {
    const { default: own, handler, handlers } = this.#modules.get(`${folder}/_middleware`) ?? {};
    const all: unknown = handlers ?? handler ?? own ?? [];
    return [all as Middleware<State>].flat(); // or many: what such a file exports
  }

  /** Adds all routes, the more specific first; `around` is what runs around each of them. */
  addTo(router: Router<Middleware<State>>, around: readonly Middleware<State>[]): void {
    for (const id of [...this.#modules.keys()].toSorted(compareIds)) {
      const module = this.#modules.get(id);
      if (module === undefined || SPECIAL.test(id)) continue;
      const parts = id.split("/").slice(1, -1);
      const folders = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
      const within = folders.flatMap((each) => [this.surround(each), ...this.middlewares(each)]);
      const run = compose<State>([...around, ...within, (ctx) => runRoute(ctx, module)]);
      for (const method of methodsOf(module)) router.add(method, toPattern(id), run);
    }
  }
}

function skip<State>(ctx: Context<State>, config: RouteConfig = {}): void {
  if (config.skipAppWrapper) ctx[FRAME].app = null;
  if (config.skipInheritedLayouts) ctx[FRAME].layouts = [];
}

/** The methods that a route answers. */
function methodsOf<State>(module: RouteModule<State>): readonly Method[] {
  const handler = module.handlers ?? module.handler;
  const shown = module.default !== undefined;
  if (typeof handler === "function") return METHODS;
  if (handler === undefined) return shown ? METHODS : [];
  return METHODS.filter((method) => handler[method] !== undefined || (method === "GET" && shown));
}

/**
 * Runs a route's handler for the request's method, and shows by its component what it returns.
 * @param status of the page, unless the handler gives another
 */
async function runRoute<State>(
  ctx: Context<State>,
  { config, default: component, handler: one, handlers = one }: RouteModule<State>,
  status = 200,
): Promise<Response> {
  skip(ctx, config);
  const method = ctx.req.method as Method; // an unknown method finds no handler
  const asked = method === "HEAD" ? "GET" : method;
  const run = typeof handlers === "function" ? handlers : handlers?.[method] ?? handlers?.[asked];
  const shown = component !== undefined && (handlers === undefined || asked === "GET");
  if (run === undefined && !shown) return await ctx.next();

  const result = run === undefined ? { data: {} } : await run(ctx);
  if (result instanceof Response) return result;
  if (component === undefined) {
    throw new TypeError("This route returned data and has no component to show it");
  }
  const { data, headers = {}, status: own = status } = result;
  return await ctx.render(renderComponent(ctx, component, data), { headers, status: own });
}

/**
 * The URL pattern of a file's path, such as `/users/:id` of `/users/[id]`.
 * @throws {SyntaxError} when two parameters touch
 */
export function toPattern(path: string): string {
  if (path.includes("][")) throw new SyntaxError(`Two parameters of "${path}" touch`);
  const parts = path.split("/").filter((part) => part !== "" && !/^\(.*\)$/.test(part));
  if (parts.at(-1) === "index") parts.pop();
  return `/${parts.join("/").replace(/\[([^\]]+)\]/g, ":$1")}`;
}

/** Text before a parameter; the longer path first. */
function compareIds(left: string, right: string): number {
  const [a = [], b = []] = [left, right].map((id) => toPattern(id).split("/"));
  for (const [index, part] of a.entries()) {
    const difference = Number(part.includes(":")) - Number(b[index]?.includes(":") ?? false);
    if (difference !== 0 && index < b.length) return difference;
  }
  return b.length - a.length;
}

import { STATUS_CODES } from "node:http";
import type { BuildCache } from "./build_cache.ts";
import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import { addFsRoutes } from "./fs_routes.ts";
import { type Method, METHODS, Router } from "./router.ts";
import { compose, methodsOf, runRoute, Segment } from "./segments.ts";
import type { FreshConfig, Middleware, ResolvedFreshConfig, Route } from "./types.ts";

/** What the calls on an app add up to. */
interface Build<State> {
  readonly router: Router<Middleware<State>>;
  readonly root: Segment<State>;
}

type Verb<State> = (path: string, ...middlewares: Middleware<State>[]) => App<State>;

const LOCAL: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

const caches = new WeakMap<object, BuildCache>();

/** Gives an app what the Builder made of its project; before `app.handler()`. */
export function setBuildCache<State>(
  app: App<State>,
  cache: BuildCache,
  mode: ResolvedFreshConfig["mode"],
): void {
  app.config.root = cache.root;
  app.config.mode = mode;
  caches.set(app, cache);
}

/** Takes requests through middlewares to routes, both in the order in which they were added. */
export class App<State> {
  config: ResolvedFreshConfig;
  readonly #steps: ((build: Build<State>) => void)[] = [];

  readonly all: Verb<State> = this.#verb(METHODS);
  readonly delete: Verb<State> = this.#verb(["DELETE"]);
  readonly get: Verb<State> = this.#verb(["GET"]);
  readonly head: Verb<State> = this.#verb(["HEAD"]);
  readonly patch: Verb<State> = this.#verb(["PATCH"]);
  readonly post: Verb<State> = this.#verb(["POST"]);
  readonly put: Verb<State> = this.#verb(["PUT"]);

  constructor(config: FreshConfig = {}) {
    this.config = { root: ".", basePath: "", mode: "production", trustProxy: false, ...config };
  }

  /** Adds middlewares around all routes, or those at and below `path`, that are added later. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    const [path, all] = typeof first === "string" ? [first, rest] : ["*", [first, ...rest]];
    return this.#add(({ root }) => root.at(path).middlewares.push(...all));
  }

  /** Answers whatever ends in a 404. */
  notFound(route: Route<State> | Middleware<State>): this {
    return this.#add(({ root }) => root.notFound = toRoute(route));
  }

  /** Answers what is thrown by routes at and below `path` that are added later. */
  onError(path: string, route: Route<State> | Middleware<State>): this {
    return this.#add(({ root }) => root.at(path).errorRoute = toRoute(route));
  }

  route(path: string, route: Route<State>): this {
    return this.#handle(methodsOf(route), path, [(ctx) => runRoute(ctx, route)]);
  }

  /** Adds the routes of the project's `routes/` at this point; none while nothing is built. */
  fsRoutes(): this {
    return this.#add(({ root, router }) =>
      addFsRoutes<State>(caches.get(this)?.routes ?? [], root, (path, segment, route) => {
        const run = compose([...segment.inherited(root), (ctx) => runRoute(ctx, route)]);
        for (const method of methodsOf(route)) router.add(method, this.#fullPath(path), run);
      })
    );
  }

  /** The function for `Deno.serve`, and for tests without a port. */
  handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const build: Build<State> = { router: new Router(), root: new Segment() };
    for (const step of this.#steps) step(build);
    const rootHandler = compose(build.root.inherited(build.root));
    const cache = caches.get(this) ?? null;

    return async (req, info = LOCAL) => {
      const url = this.#urlOf(req);
      const method = req.method as Method; // of an unknown one, nothing is found
      const { allowed, item, params, pattern } = build.router.match(method, url);
      const next = pattern === null ? notFound : () => wrongMethod(method, allowed);
      const ctx = new Context<State>(req, url, info, pattern, params, this.config, next, cache);

      let response: Response;
      try {
        response = await (item ?? rootHandler)(ctx);
        if (!(response instanceof Response)) {
          throw new TypeError(`A handler must return a Response, and one returned ${response}`);
        }
      } catch (error) {
        response = defaultErrorResponse(error);
      }
      if (response.status === 405 && item === null && !response.headers.has("allow")) {
        response.headers.set("Allow", allowed.join(", "));
      }
      return method === "HEAD" ? new Response(null, response) : response;
    };
  }

  #add(step: (build: Build<State>) => void): this {
    this.#steps.push(step);
    return this;
  }

  #verb(methods: readonly Method[]): Verb<State> {
    return (path, ...middlewares) => this.#handle(methods, path, middlewares);
  }

  #handle(methods: readonly Method[], path: string, own: readonly Middleware<State>[]): this {
    return this.#add(({ root, router }) => {
      const run = compose([...root.at(path).inherited(root), ...own]);
      for (const method of methods) router.add(method, this.#fullPath(path), run);
    });
  }

  #fullPath(path: string): string {
    const { basePath } = this.config;
    if (path === "*") return `${basePath}/*`;
    return basePath + (basePath && path === "/" ? "" : path);
  }

  #urlOf(req: Request): URL {
    const url = new URL(req.url);
    // `//evil.example` as a path must never become a host in a redirect.
    url.pathname = url.pathname.replace(/\/+/g, "/");
    if (this.config.trustProxy) {
      const protocol = req.headers.get("x-forwarded-proto");
      const host = req.headers.get("x-forwarded-host");
      if (protocol) url.protocol = `${protocol}:`;
      if (host) url.host = host;
    }
    return url;
  }
}

function toRoute<State>(route: Route<State> | Middleware<State>): Route<State> {
  return typeof route === "function" ? { handler: route } : route;
}

function notFound(): Promise<Response> {
  return Promise.reject(new HttpError(404));
}

function wrongMethod(method: Method, allowed: readonly Method[]): Promise<Response> {
  if (method !== "OPTIONS") return Promise.reject(new HttpError(405));
  return Promise.resolve(
    new Response(null, { status: 204, headers: { Allow: allowed.join(", ") } }),
  );
}

function defaultErrorResponse(error: unknown): Response {
  const status = error instanceof HttpError ? error.status : 500;
  // deno-lint-ignore no-console -- the last resort of an app without `onError`
  if (status >= 500) console.error(error);
  const message = error instanceof HttpError && error.message !== "" && error.message;
  return new Response(message || STATUS_CODES[status], { status });
}

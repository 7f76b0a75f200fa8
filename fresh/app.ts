import { STATUS_CODES } from "node:http";
import { builds } from "./build_cache.ts";
import { compose, Context, HttpError } from "./context.ts";
import { FsRoutes } from "./fs_routes.ts";
import { type Method, METHODS, Router } from "./router.ts";
import type { FreshConfig, Middleware } from "./types.ts";

const LOCAL: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** Takes requests through middlewares to routes, both in the order in which they were added. */
export class App<State> {
  readonly #around: Middleware<State>[] = [];
  readonly #router = new Router<Middleware<State>>();
  #hasFiles = false;

  constructor(readonly config: FreshConfig = {}) {}

  /** Adds middlewares around all routes that are added later. */
  use(...middlewares: Middleware<State>[]): this {
    this.#around.push(...middlewares);
    return this;
  }

  all(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(METHODS, path, middlewares);
  }

  get(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  post(path: string, ...middlewares: Middleware<State>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  /** Adds the routes of the project's `routes/` after all others; none while nothing is built. */
  fsRoutes(): this {
    this.#hasFiles = true;
    return this;
  }

  /** The function for `Deno.serve`, and for tests without a port; nothing is added after it. */
  handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const cache = builds.get(this) ?? null;
    const files = new FsRoutes<State>(this.#hasFiles ? cache?.routes ?? {} : {});
    const outermost = files.surround("");
    const around = [...this.#around, ...files.middlewares("")];
    const nowhere = compose(around);
    files.addTo(this.#router, around);

    return async (req, info = LOCAL) => {
      const url = this.#urlOf(req);
      const method = req.method as Method; // of an unknown one, nothing is found
      const { entry, item, params } = this.#router.match(method, url);
      const allowed = [...entry?.byMethod.keys() ?? []].join(", ");
      const next = () => Promise.reject(new HttpError(entry === null ? 404 : 405));
      const ctx = new Context<State>(req, url, info, entry?.pattern ?? null, params, next, cache);

      let response: Response;
      try {
        response = await compose([outermost, item ?? nowhere])(ctx);
      } catch (error) {
        response = defaultErrorResponse(error);
      }
      if (response.status === 405 && item === null && !response.headers.has("allow")) {
        response.headers.set("Allow", allowed);
      }
      return method === "HEAD" ? new Response(null, response) : response;
    };
  }

  #handle(methods: readonly Method[], path: string, own: readonly Middleware<State>[]): this {
    const run = compose([...this.#around, ...own]);
    for (const method of methods) this.#router.add(method, path, run);
    return this;
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

function defaultErrorResponse(error: unknown): Response {
  const status = error instanceof HttpError ? error.status : 500;
  // deno-lint-ignore no-console -- the last resort of an app that answers no errors
  if (status >= 500) console.error(error);
  const message = error instanceof HttpError && error.message !== "" && error.message;
  return new Response(message || STATUS_CODES[status], { status });
}

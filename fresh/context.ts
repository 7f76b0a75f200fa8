import type { VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { FRAME, type Frame, renderPage } from "./render.ts";
import type { Middleware } from "./types.ts";

/** A failed request that knows its status; an `_error` or a middleware decides how it looks. */
export class HttpError extends Error {
  constructor(public status: number, message?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = this.constructor.name;
  }
}

/** What every middleware and handler gets; one for each request. */
export class Context<State> {
  /** Filled by middlewares; empty when a request begins. */
  readonly state: State = {} as State; // middlewares make it true before a handler reads it
  /** What was thrown, in error pages; else null. */
  error: unknown = null;
  readonly [FRAME]: Frame<State>;

  constructor(
    public req: Request,
    readonly url: URL,
    readonly info: Deno.ServeHandlerInfo,
    /** The pattern that matched. */
    readonly route: string | null,
    readonly params: Record<string, string>,
    /** Calls what follows in the chain. */
    public next: () => Promise<Response>,
    cache: BuildCache | null,
  ) {
    this[FRAME] = { app: null, layouts: [], cache };
  }

  /** A redirect; `//host/...` is taken as a path, so that no foreign host can slip in. */
  redirect(pathOrUrl: string, status = 302): Response {
    const [path = ""] = pathOrUrl.split(/[?#]/, 1);
    const clean = path.startsWith("/") ? path.replaceAll(/\/+/g, "/") : path;
    const location = clean + pathOrUrl.slice(path.length);
    return new Response(null, { status, headers: { location } });
  }

  /** Answers with a page of `vnode` within the layouts and the app wrapper of its place. */
  async render(vnode: VNode | null, init?: ResponseInit): Promise<Response> {
    return await renderPage(this, vnode, init);
  }

  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Makes a WebSocket of the request.
   * @throws {HttpError} 400 when the request asks for none
   */
  upgrade(options?: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    return Deno.upgradeWebSocket(this.req, options);
  }
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

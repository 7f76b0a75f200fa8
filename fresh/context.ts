import type { VNode } from "preact";
import type { BuildCache } from "./build_cache.ts";
import { HttpError } from "./error.ts";
import { FRAME, type Frame } from "./frame.ts";
import { renderPage } from "./render.ts";
import type { LayoutConfig, ResolvedFreshConfig } from "./types.ts";

/** What happens on a socket that `ctx.upgrade` manages. */
export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

export interface WebSocketUpgradeOptions {
  /** Seconds without a ping after which the connection is closed. @default 120 */
  idleTimeout?: number;
  /** The sub-protocol to agree on. */
  protocol?: string;
}

/** What every middleware and handler gets; one for each request. */
export class Context<State> {
  /** Filled by middlewares; empty when a request begins. */
  readonly state: State = {} as State; // middlewares make it true before a handler reads it
  data: unknown = undefined;
  /** What was thrown, in error routes; else null. */
  error: unknown = null;
  readonly [FRAME]: Frame<State>;

  constructor(
    public req: Request,
    readonly url: URL,
    readonly info: Deno.ServeHandlerInfo,
    /** The pattern that matched. */
    readonly route: string | null,
    readonly params: Record<string, string>,
    readonly config: ResolvedFreshConfig,
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
    return new Response(null, {
      status,
      headers: { location: clean + pathOrUrl.slice(path.length) },
    });
  }

  /** Answers with a page of `vnode` within the layouts and the app wrapper of its place. */
  render(vnode: VNode | null, init?: ResponseInit, config?: LayoutConfig): Promise<Response> {
    return renderPage(this, vnode, init, config);
  }

  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("Content-Type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Makes a WebSocket of the request: with handlers it gives the response, without them the socket
   * too.
   * @throws {HttpError} 400 when the request asks for no WebSocket.
   */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first: WebSocketHandlers | WebSocketUpgradeOptions = {},
    second?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response } | Response {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    if (!isHandlers(first)) return Deno.upgradeWebSocket(this.req, first);

    const { socket, response } = Deno.upgradeWebSocket(this.req, second);
    socket.addEventListener("open", () => first.open?.(socket));
    socket.addEventListener("message", (event) => first.message?.(socket, event));
    socket.addEventListener("close", (event) => first.close?.(socket, event.code, event.reason));
    socket.addEventListener("error", (event) => first.error?.(socket, event));
    return response;
  }
}

/** Options hold no functions, so one function tells handlers from options. */
function isHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions,
): value is WebSocketHandlers {
  return Object.values(value).some((each) => typeof each === "function");
}

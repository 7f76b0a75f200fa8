/** The HTTP API: its paths, and what can go wrong with it. */
import type { Gateway } from "../gateway/gateway.ts";
import type { LogFiles } from "../log_files.ts";
import { balance, rate } from "./account.ts";
import { metrics } from "./metrics.ts";
import { send, type SendContext } from "./send.ts";
import type { Answer, HttpRequest, HttpResponse } from "./wire.ts";

/**
 * - `error`: 500, and nothing is done
 * - `slow`: done and answered after the delay
 * - `cut`: the request was read and nothing is done; the connection is closed
 * - `cut-after`: it is done, and the connection is closed without an answer
 */
export interface HttpFault {
  readonly kind: "error" | "slow" | "cut" | "cut-after";
  /** Share of the requests that it meets. @default 1 */
  readonly share?: number;
  /** @default 1000 */
  readonly delayMs?: number;
  /** Only of this path. */
  readonly path?: string;
}

export interface ApiContext extends SendContext {
  gateway(): Gateway;
  fault(path: string): HttpFault | undefined;
  wait(ms: number): Promise<void>;
}

/** Answers a request. */
export function answer(context: ApiContext, request: HttpRequest): Answer | Promise<Answer> {
  const path = request.target.split("?")[0] ?? "";
  const fault = context.fault(path);
  if (fault === undefined) return route(context, request, path);
  switch (fault.kind) {
    case "error":
      return {
        status: 500,
        headers: [["Content-Type", "text/plain"]],
        body: 'Error "Unknown error: fault of the simulator"',
        chunked: true,
      };
    case "slow":
      return context.wait(fault.delayMs ?? 1000).then(() => route(context, request, path));
    case "cut":
      return "cut";
    case "cut-after":
      route(context, request, path);
      return "cut";
  }
}

function route(context: ApiContext, request: HttpRequest, path: string): HttpResponse {
  const gateway = context.gateway();
  const { method } = request;
  const known = path === "/" || path in PAGES || path === "/send";
  if (!["GET", "HEAD", "POST"].includes(method)) {
    return page(501, "Huh?", `I don't know how to treat a ${method} request.`);
  }
  if (!known) return page(404, "No Such Resource", "Sorry. No luck finding that resource.");
  if (path === "/send") return send(gateway, context, request);
  if (method === "POST") {
    const target = request.target.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
    const told = `Your browser approached me (at ${target}) with the method "POST".  ` +
      "I only allow the methods HEAD, GET here.";
    return page(405, "Method Not Allowed", told, [["Allow", "HEAD, GET"]]);
  }
  return PAGES[path]?.(gateway, request, context.logs) ??
    { status: 200, body: gateway.releaseText };
}

type Page = (gateway: Gateway, request: HttpRequest, logs: LogFiles) => HttpResponse;

const PAGES: Readonly<Record<string, Page>> = {
  "/ping": (_gateway, _request, logs) => {
    logs.write("http-api.log", "INFO", "Received ping from 127.0.0.1");
    return { status: 200, body: "Jasmin/PONG" };
  },
  "/metrics": (gateway) => ({
    status: 200,
    headers: [["Content-Type", "text/plain"]],
    body: metrics(gateway),
  }),
  "/balance": balance,
  "/rate": rate,
};

function page(
  status: number,
  title: string,
  told: string,
  headers: readonly (readonly [string, string])[] = [],
): HttpResponse {
  return {
    status,
    headers: [...headers, ["Content-Type", "text/html; charset=utf-8"]],
    body: `\n<html>\n  <head><title>${status} - ${title}</title></head>\n  <body>\n    ` +
      `<h1>${title}</h1>\n    <p>${told}</p>\n  </body>\n</html>\n`,
  };
}

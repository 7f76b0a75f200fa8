import type { Middleware } from "fresh";
import type { State } from "../state.ts";
import { withHeaders } from "./headers.ts";

/** Where Fresh tells the nonce of what `ctx.render` made; it is exported nowhere. */
const NONCE: unique symbol = Symbol.for("__freshNonce");

/** What a page may load and do: its own, and what it was given by its nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * The content security policy of pages, over plain http too: Fresh's own `csp` sends islands to
 * https, which a console on a LAN does not have.
 */
export function pagePolicy(): Middleware<State> {
  return async (ctx) => {
    const response: Response & { [NONCE]?: string } = await ctx.next();
    const nonce = response[NONCE];
    if (nonce === undefined) return response;
    return withHeaders(response, (headers) => {
      headers.set("Content-Security-Policy", policy(nonce));
      headers.set("Cache-Control", "no-store");
    });
  };
}

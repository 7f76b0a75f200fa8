import type { Context } from "../context.ts";
import { HttpError } from "../error.ts";
import type { Middleware } from "../types.ts";

export interface CsrfOptions<State = never> {
  /** The origins that may send, or what tells. @default the request's own */
  origin?: string | string[] | ((origin: string, context: Context<State>) => boolean);
}

/**
 * Refuses requests that another site's page sends: by `Sec-Fetch-Site`, else by `Origin`. What
 * carries neither comes from no browser of today.
 */
export function csrf<State>({ origin: allowed }: CsrfOptions<State> = {}): Middleware<State> {
  return (ctx) => {
    const { headers, method } = ctx.req;
    const site = headers.get("sec-fetch-site");
    const origin = headers.get("origin");
    const isAllowed = (): boolean => {
      if (origin === null) return site === null;
      if (typeof allowed === "function") return allowed(origin, ctx);
      return [allowed ?? ctx.url.origin].flat().includes(origin);
    };
    const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
    if (isSafe || site === "same-origin" || site === "none" || isAllowed()) return ctx.next();
    throw new HttpError(403);
  };
}

import { HttpError } from "../context.ts";
import type { Middleware } from "../types.ts";

/**
 * Refuses requests that another site's page sends: by `Sec-Fetch-Site`, else by `Origin`. What
 * carries neither comes from no browser of today.
 */
export function csrf<State>(): Middleware<State> {
  return (ctx) => {
    const { headers, method } = ctx.req;
    const site = headers.get("sec-fetch-site");
    const origin = headers.get("origin");
    const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
    const isOwn = origin === null ? site === null : origin === ctx.url.origin;
    if (isSafe || site === "same-origin" || site === "none" || isOwn) return ctx.next();
    throw new HttpError(403);
  };
}

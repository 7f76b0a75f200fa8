import type { Middleware } from "fresh";
import { v7, validate } from "uuid";
import type { State } from "../state.ts";
import { withHeaders } from "./headers.ts";

/**
 * Gives every request its UUID: in `ctx.state.requestId` and the answer's `X-Request-Id`. The one
 * that the client sent is taken only from proxies that are trusted, for it ends in the log.
 */
export function requestId(trustProxy: number): Middleware<State> {
  return async (ctx) => {
    const given = trustProxy > 0 ? ctx.req.headers.get("x-request-id") : null;
    const id = given !== null && validate(given) ? given.toLowerCase() : v7();
    ctx.state.requestId = id;
    return withHeaders(await ctx.next(), (headers) => headers.set("X-Request-Id", id));
  };
}

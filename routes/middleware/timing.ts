import type { Middleware } from "fresh";
import type { State } from "../state.ts";
import { withHeaders } from "./headers.ts";

/**
 * Tells in `Server-Timing` how long the answer took to begin, in milliseconds.
 * @see https://www.w3.org/TR/server-timing/
 */
export function timing(now: () => number = () => performance.now()): Middleware<State> {
  return async (ctx) => {
    const begun = now();
    return withHeaders(
      await ctx.next(),
      (headers) => headers.append("Server-Timing", `total;dur=${(now() - begun).toFixed(1)}`),
    );
  };
}

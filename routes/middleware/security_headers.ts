import type { Middleware } from "fresh";
import type { State } from "../state.ts";
import { withHeaders } from "./headers.ts";

/** For answers that are no page: nothing in them may run, load or be framed. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ALWAYS: readonly (readonly [string, string])[] = [
  ["Content-Security-Policy", NOTHING],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
  ["Referrer-Policy", "same-origin"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
];

/** Browsers ignore these over plain http, and complain about it in the console. */
const OVER_TLS: readonly (readonly [string, string])[] = [
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
];

/**
 * The headers that every answer has; what a route set itself stays.
 * @see https://owasp.org/www-project-secure-headers/
 */
export function securityHeaders(): Middleware<State> {
  return async (ctx) => {
    const { protocol } = ctx.url;
    return withHeaders(await ctx.next(), (headers) => {
      for (const [name, value] of protocol === "https:" ? [...ALWAYS, ...OVER_TLS] : ALWAYS) {
        if (!headers.has(name)) headers.set(name, value);
      }
    });
  };
}

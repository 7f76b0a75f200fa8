import { NONCE } from "../render.ts";
import type { Middleware } from "../types.ts";

export interface CSPOptions {
  /** Directives in place of, or besides, those of the same name below. */
  csp?: string[];
  /** Allow the page's own inline scripts and styles by its nonce alone. @default false */
  useNonce?: boolean;
}

const DEFAULTS = "default-src 'self'; script-src 'self' 'unsafe-inline'; " +
  "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "media-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; " +
  "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests";

/** Sets a content security policy; the nonce is known of what `ctx.render` made. */
export function csp<State>(
  { csp: own = [], useNonce = false }: CSPOptions = {},
): Middleware<State> {
  const nameOf = (directive: string): string | undefined => directive.split(" ", 1)[0];
  const names = new Set(own.map(nameOf));
  const policy = [...DEFAULTS.split("; ").filter((each) => !names.has(nameOf(each))), ...own];

  return async (ctx) => {
    const response: Response & { [NONCE]?: string } = await ctx.next();
    const inline = useNonce && response[NONCE] ? `'nonce-${response[NONCE]}'` : "'unsafe-inline'";
    const text = policy.join("; ").replaceAll("'unsafe-inline'", inline);
    response.headers.set("Content-Security-Policy", text);
    return response;
  };
}

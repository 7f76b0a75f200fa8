import { NONCE } from "../render.ts";
import type { Middleware } from "../types.ts";

export interface CSPOptions {
  /** Only report what the policy would forbid. @default false */
  reportOnly?: boolean;
  /** Where browsers send their reports. */
  reportTo?: string;
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
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { csp: own = [], reportOnly = false, reportTo, useNonce = false } = options;
  const names = new Set(own.map(nameOf));
  const policy = [...DEFAULTS.split("; ").filter((each) => !names.has(nameOf(each))), ...own];
  if (reportTo) policy.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;

  return async (ctx) => {
    const response: Response & { [NONCE]?: string } = await ctx.next();
    const inline = useNonce && response[NONCE] ? `'nonce-${response[NONCE]}'` : "'unsafe-inline'";
    response.headers.set(header, policy.join("; ").replaceAll("'unsafe-inline'", inline));
    if (reportTo) response.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    return response;
  };
}

function nameOf(directive: string): string {
  return directive.split(" ", 1)[0] ?? "";
}

/**
 * What stands around every route.
 * @module
 */
import type { Context, Middleware } from "fresh";
import { installation } from "../installation.ts";
import type { State } from "../state.ts";
import { accessLog } from "./access_log.ts";
import { clientIp } from "./client_ip.ts";
import { catchErrors } from "./errors.ts";
import { requestId } from "./request_id.ts";
import { securityHeaders } from "./security_headers.ts";
import { session } from "./session.ts";
import { timing } from "./timing.ts";

export { accessLog, loggedPath } from "./access_log.ts";
export { bodyLimit } from "./body_limit.ts";
export { clientAddress, clientIp } from "./client_ip.ts";
export { catchErrors } from "./errors.ts";
export { withHeaders } from "./headers.ts";
export { pagePolicy } from "./page_policy.ts";
export { requestId } from "./request_id.ts";
export { securityHeaders } from "./security_headers.ts";
export { deleteCookie, getCookies, setCookie } from "./cookies.ts";
export { dropSession, keepSession, session } from "./session.ts";
export { timing } from "./timing.ts";

export interface StandardOptions {
  /** How an error looks; problem details unless told. */
  readonly respond?: (ctx: Context<State>, error: unknown) => Response | Promise<Response>;
}

/** All of them in their order, for `app.use(...standardMiddlewares(...))` before any route. */
export function standardMiddlewares(options: StandardOptions = {}): Middleware<State>[] {
  const { respond } = options;
  return [
    (ctx) => requestId(installation().trustProxy)(ctx),
    (ctx) => clientIp(installation().trustProxy)(ctx),
    accessLog(),
    timing(),
    securityHeaders(),
    (ctx) => {
      ctx.state.services = installation().services;
      return ctx.next();
    },
    catchErrors(respond),
    session(),
  ];
}

/**
 * What stands around every route.
 * @module
 */
import type { Context, Middleware } from "fresh";
import type { Services } from "../services.ts";
import type { State } from "../state.ts";
import { accessLog } from "./access_log.ts";
import { clientIp } from "./client_ip.ts";
import { catchErrors } from "./errors.ts";
import { requestId } from "./request_id.ts";
import { securityHeaders } from "./security_headers.ts";
import { timing } from "./timing.ts";

export { accessLog, loggedPath } from "./access_log.ts";
export { bodyLimit } from "./body_limit.ts";
export { clientAddress, clientIp } from "./client_ip.ts";
export { catchErrors } from "./errors.ts";
export { withHeaders } from "./headers.ts";
export { requestId } from "./request_id.ts";
export { securityHeaders } from "./security_headers.ts";
export { timing } from "./timing.ts";

export interface StandardOptions {
  readonly services: Services;
  /** How many proxies in front are believed. */
  readonly trustProxy: number;
  /** How an error looks; problem details unless told. */
  readonly respond?: (ctx: Context<State>, error: unknown) => Response | Promise<Response>;
}

/** All of them in their order, for `app.use(...standardMiddlewares(...))` before any route. */
export function standardMiddlewares(options: StandardOptions): Middleware<State>[] {
  const { services, trustProxy, respond } = options;
  return [
    requestId(trustProxy),
    clientIp(trustProxy),
    accessLog(),
    timing(),
    securityHeaders(),
    (ctx) => {
      ctx.state.services = services;
      return ctx.next();
    },
    catchErrors(respond),
  ];
}

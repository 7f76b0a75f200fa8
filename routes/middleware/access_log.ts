import { type Context, HttpError, type Middleware } from "fresh";
import { type Logger, logger } from "../../services/log/mod.ts";
import type { State } from "../state.ts";

/** Asked every few seconds by machines; of interest only when something is wrong. */
const QUIET_PATHS = new Set(["/healthz", "/livez", "/metrics"]);

/** One line for each request, when its answer begins. Without queries, for tokens travel in them. */
export function accessLog(log: Logger = logger("access")): Middleware<State> {
  return async (ctx) => {
    const begun = performance.now();
    try {
      const response = await ctx.next();
      write(log, ctx, response.status, begun);
      return response;
    } catch (error) {
      write(log, ctx, error instanceof HttpError ? error.status : 500, begun);
      throw error;
    }
  };
}

function write(log: Logger, ctx: Context<State>, status: number, begun: number): void {
  const { ip, principal, requestId } = ctx.state;
  const line = {
    requestId,
    method: ctx.req.method,
    path: loggedPath(ctx.url.pathname),
    status,
    ms: Math.round((performance.now() - begun) * 10) / 10,
    ip,
    ...(principal === undefined ? {} : { user: principal.userId, account: principal.accountId }),
  };
  if (QUIET_PATHS.has(ctx.url.pathname) && status < 500) log.debug(line, "Request");
  else log.info(line, "Request");
}

const FILE = /^[\w.-]+\.(css|csv|js|json|map|pdf|png|svg|txt|webp|woff2)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A path fit for the log. Some URLs are keys themselves (`/wall/{token}`, signed callbacks): a long
 * segment that is neither an id of ours nor a file's name keeps its first 4 characters.
 */
export function loggedPath(pathname: string): string {
  return pathname.split("/").map((segment) => {
    const shown = segment.length < 20 || UUID.test(segment) || FILE.test(segment);
    return shown ? segment : `${segment.slice(0, 4)}…`;
  }).join("/");
}

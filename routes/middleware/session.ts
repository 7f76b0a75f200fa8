import type { Context, Middleware } from "fresh";
import { deleteCookie, getCookies, setCookie } from "./cookies.ts";
import { UnauthenticatedError } from "../../services/errors/mod.ts";
import type { Tokens } from "../../services/auth/mod.ts";
import { installation } from "../installation.ts";
import type { State } from "../state.ts";
import { withHeaders } from "./headers.ts";

/** The access token, and the refresh token that follows it. */
const ACCESS = "jd_access";
const REFRESH = "jd_refresh";

/** Puts a browser's session into cookies that no script can read. */
export function keepSession(headers: Headers, url: URL, tokens: Tokens): void {
  const secure = url.protocol === "https:";
  setCookie(headers, ACCESS, tokens.accessToken, { secure, maxAgeSeconds: tokens.expiresIn });
  setCookie(headers, REFRESH, tokens.refreshToken, {
    secure,
    maxAgeSeconds: tokens.refreshExpiresIn,
  });
}

/** Takes a browser's session away. */
export function dropSession(headers: Headers): void {
  deleteCookie(headers, ACCESS);
  deleteCookie(headers, REFRESH);
}

/**
 * Whether a request that changes something comes from a page of ours: a cookie alone proves nothing,
 * for the browser sends it along with what other sites make it send.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isOwnRequest(request: Request, origins: readonly string[]): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  return origin !== null && origins.includes(origin);
}

function originOf(ctx: Context<State>): { ip: string; userAgent: string | null } {
  return { ip: ctx.state.ip, userAgent: ctx.req.headers.get("user-agent") };
}

async function restored(
  ctx: Context<State>,
  access: string | undefined,
  refresh: string | undefined,
): Promise<Tokens | null> {
  const { auth } = ctx.state.services;
  if (access !== undefined) {
    try {
      ctx.state.principal = await auth.authenticate(access);
      ctx.state.accessToken = access;
      return null;
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
    }
  }
  if (refresh === undefined) return null;
  const tokens = await auth.refresh(refresh, originOf(ctx));
  ctx.state.principal = await auth.authenticate(tokens.accessToken);
  ctx.state.accessToken = tokens.accessToken;
  return tokens;
}

/**
 * Finds out who a browser is signed in as. An access token that has run out is followed silently by
 * another, as long as the refresh token holds. A request with an `Authorization` header of its own
 * is left alone.
 */
export function session(): Middleware<State> {
  return async (ctx) => {
    const cookies = getCookies(ctx.req.headers);
    const [access, refresh] = [cookies.get(ACCESS), cookies.get(REFRESH)];
    const isProgram = ctx.req.headers.has("authorization") || ctx.req.headers.has("x-api-key");
    const origins = [ctx.url.origin, installation().publicUrl];
    if ((access ?? refresh) === undefined || isProgram || !isOwnRequest(ctx.req, origins)) {
      return await ctx.next();
    }
    let tokens: Tokens | null = null;
    try {
      tokens = await restored(ctx, access, refresh);
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      return withHeaders(await ctx.next(), dropSession);
    }
    const response = await ctx.next();
    // A route that signed somebody in or out has said the last word on these cookies.
    const said = response.headers.getSetCookie().some((cookie) => cookie.startsWith(`${ACCESS}=`));
    if (tokens === null || said) return response;
    const kept = tokens;
    return withHeaders(response, (headers) => keepSession(headers, ctx.url, kept));
  };
}

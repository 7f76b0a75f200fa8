/**
 * `GET /metrics` for Prometheus: for a scraper on this machine, or with an API key of somebody who
 * sees the installation.
 * @module
 */
import type { Context } from "fresh";
import { can } from "../services/auth/mod.ts";
import { ForbiddenError } from "../services/errors/mod.ts";
import { problemResponse } from "./api/problem.ts";
import type { State } from "./state.ts";

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

/** What a proxy adds: behind one on this machine, the whole world has a loopback address. */
const FORWARDING = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/** Whether the request was made by a program on this machine itself. */
export function isLocal({ headers }: Request, ip: string): boolean {
  return LOOPBACK.test(ip) && !FORWARDING.some((name) => headers.has(name));
}

export async function prometheus(ctx: Context<State>): Promise<Response> {
  const { services, ip, requestId } = ctx.state;
  try {
    if (!isLocal(ctx.req, ip)) {
      const principal = ctx.state.principal ??
        await services.auth.authenticate(ctx.req.headers.get("authorization"));
      ctx.state.principal = principal;
      if (!can(principal, "metrics:read") || !can(principal, "connectors:read")) {
        throw new ForbiddenError(
          "These figures are the whole installation's; use a key with metrics:read and connectors:read",
        );
      }
    }
    const { contentType, text } = await services.metrics.prometheus();
    return new Response(text, {
      headers: { "content-type": contentType, "cache-control": "no-store" },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/**
 * For machines that watch this one: is the process alive, can it do its job.
 * @module
 */
import type { Context } from "fresh";
import type { State } from "./state.ts";

/** `/livez`: the process answers; says nothing of what it depends on. */
export function livez(ctx: Context<State>): Response {
  return ctx.text("ok", { headers: { "Cache-Control": "no-store" } });
}

/** `/healthz`: each dependency; 503 when a needed one is not up. */
export async function healthz(ctx: Context<State>): Promise<Response> {
  const report = await ctx.state.services.health();
  return ctx.json({ status: report.ok ? "ok" : "failing", dependencies: report.dependencies }, {
    status: report.ok ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

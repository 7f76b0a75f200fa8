/**
 * Live channels on the app: `/events` by SSE, `/ws/{client}` by WebSocket.
 * @module
 */
import type { App, Context } from "fresh";
import { problemResponse } from "./api/problem.ts";
import { events } from "./events.ts";
import { installation } from "./installation.ts";
import type { State } from "./state.ts";
import { socket } from "./ws/mod.ts";

/** By the bearer of a program, or by the session of a page: EventSource can't send a header. */
async function openEvents(ctx: Context<State>): Promise<Response> {
  const { services } = ctx.state;
  const token = ctx.state.accessToken ?? ctx.req.headers.get("authorization");
  const subject = ctx.state.principal ?? await services.auth.authenticate(token);
  ctx.state.principal = subject;
  return events(ctx.req, {
    subject,
    hub: services.hub,
    recheck: () => services.auth.authenticate(token),
  });
}

export function mountLive(app: App<State>): void {
  app.get("/events", async (ctx) => {
    try {
      return await openEvents(ctx);
    } catch (error) {
      return problemResponse(error, ctx.state.requestId);
    }
  });
  app.get("/ws/:client", (ctx) => {
    const { accessToken, principal, services: { auth, hub } } = ctx.state;
    return socket(ctx.req, {
      name: ctx.params["client"] ?? "",
      hub,
      authenticate: (token) => auth.authenticate(token),
      publicUrl: installation().publicUrl,
      ...(principal === undefined ? {} : {
        principal,
        recheck: () => auth.authenticate(accessToken),
      }),
    });
  });
}

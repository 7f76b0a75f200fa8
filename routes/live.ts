/**
 * Live channels on the app: `/events` by SSE, `/ws/{client}` by WebSocket.
 * @module
 */
import type { App, Context } from "fresh";
import { problemResponse } from "./api/problem.ts";
import { events } from "./events.ts";
import type { State } from "./state.ts";
import { socket } from "./ws/mod.ts";

/** The bearer of a request; browsers' EventSource can't send one, a page's cookie comes with pages. */
async function openEvents(ctx: Context<State>): Promise<Response> {
  const { services } = ctx.state;
  const bearer = ctx.req.headers.get("authorization");
  const subject = await services.auth.authenticate(bearer);
  ctx.state.principal = subject;
  return events(ctx.req, {
    subject,
    hub: services.hub,
    recheck: () => services.auth.authenticate(bearer),
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
    const { auth, hub } = ctx.state.services;
    return socket(ctx.req, {
      name: ctx.params["client"] ?? "",
      hub,
      authenticate: (token) => auth.authenticate(token),
    });
  });
}

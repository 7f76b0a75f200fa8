/**
 * What the routes of a wall display have in common: who it is, and its stream.
 * @module
 */
import type { Context } from "fresh";
import { UnauthenticatedError } from "../services/errors/mod.ts";
import { parseChannels, SseClient } from "../services/live/mod.ts";
import type { WallPrincipal } from "../services/wall/mod.ts";
import type { State } from "./state.ts";

/** The token is in the address: nothing that the page loads, or leads to, may be told of it. */
export const WALL_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

/** The display of the address; null when there is none any more. */
export async function wallOf(ctx: Context<State>): Promise<WallPrincipal | null> {
  try {
    return await ctx.state.services.walls.authenticate(ctx.params["token"] ?? "");
  } catch (error) {
    if (error instanceof UnauthenticatedError) return null;
    throw error;
  }
}

/** A display's client: it is watched for as long as it is there. */
class WallClient extends SseClient {
  /** Called once it is gone, by itself or because it was closed. */
  gone: () => void = () => {};

  override cancel(): void {
    super.cancel();
    this.gone();
  }

  override close(reason: Parameters<SseClient["close"]>[0]): void {
    super.close(reason);
    this.gone();
  }
}

/** The display's event stream; it ends when the display is revoked. */
export function wallEvents(ctx: Context<State>, wall: WallPrincipal): Response {
  const { hub, walls } = ctx.state.services;
  const query = ctx.url.searchParams;
  const client = new WallClient();
  const body = client.body();
  const subscription = hub.subscribe({
    subject: wall,
    channels: parseChannels(query.get("channels")),
    sink: client,
    lastEventId: ctx.req.headers.get("last-event-id") ?? query.get("last_event_id") ?? undefined,
    recheck: () => walls.authenticate(ctx.params["token"] ?? ""),
  });
  client.attach(subscription);
  const watched = walls.watch(wall.display.id);
  client.gone = () => watched.close();
  watched.signal.addEventListener("abort", () => {
    subscription.leave();
    client.close("unauthenticated");
  });
  return new Response(body, {
    headers: {
      ...WALL_HEADERS,
      "content-type": "text/event-stream; charset=utf-8",
      "x-accel-buffering": "no",
    },
  });
}

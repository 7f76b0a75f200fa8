/**
 * `GET /events?channels=metrics,connectors,alerts,messages`: Server-Sent Events. A client that was
 * cut goes on by `Last-Event-ID`; the query `last_event_id` is for the first connection of a program
 * that kept one.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */
import type { Subject } from "../services/auth/mod.ts";
import { type Hub, parseChannels, SseClient } from "../services/live/mod.ts";

/** What the caller's middleware found out. */
export interface EventsOptions {
  readonly subject: Subject;
  readonly hub: Hub;
  /** Asked every minute; see `SubscribeOptions`. */
  readonly recheck?: () => Promise<Subject>;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx collects a response unless it is told not to.
  "x-accel-buffering": "no",
};

/**
 * Answers with an event stream that stays open.
 * @throws {ValidationError} naming `channels`, when one is unknown or there is none
 * @throws {ForbiddenError} when the subject may not read one of them
 */
export function events(request: Request, { subject, hub, recheck }: EventsOptions): Response {
  const { searchParams } = new URL(request.url);
  const channels = parseChannels(searchParams.get("channels"));
  // A browser repeats the address of the first connection, so its header is the newer of both.
  const lastEventId = request.headers.get("last-event-id") ?? searchParams.get("last_event_id");
  const client = new SseClient();
  const body = client.body();
  client.attach(hub.subscribe({
    subject,
    channels,
    sink: client,
    lastEventId: lastEventId || undefined,
    recheck,
  }));
  return new Response(body, { headers: HEADERS });
}

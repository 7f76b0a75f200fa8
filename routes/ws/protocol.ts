/**
 * The words of `WS /ws/{client}`: JSON objects with a `type`, both ways.
 *
 * To the server: `auth {token}`, `subscribe {channels, last_event_id?}`, `unsubscribe {channels}`,
 * `ping`. From the server: `ready {client}`, `subscribed {channels}`, `pong`,
 * `event {id, channel, event, data}`, `gap {reason}`, `snapshot {id, data}`, `heartbeat {id}`,
 * `error {code, message, field?}`.
 * @module
 */
import { z } from "zod";
import { AppError, ValidationError } from "../../services/errors/mod.ts";

/** The sub-protocol that the server agrees on when it is offered. */
export const PROTOCOL = "jasmin-dashboard.v1";

/** Offered beside `PROTOCOL`, it carries the access token: `bearer.<token>`. */
const BEARER = "bearer.";

/** A message may have so many characters; the longest useful one is a token. */
export const LONGEST_MESSAGE = 16_384;

/** How the server closes; 4000 to 4999 are an application's own (RFC 6455, 7.4.2). */
export const CLOSE = {
  goingAway: 1001,
  policy: 1008,
  tooBig: 1009,
  tryAgain: 1013,
  unauthenticated: 4401,
  authLate: 4408,
} as const;

const clientMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().min(1) }),
  z.object({
    type: z.literal("subscribe"),
    channels: z.array(z.string()),
    last_event_id: z.string().max(128).optional(),
  }),
  z.object({ type: z.literal("unsubscribe"), channels: z.array(z.string()) }),
  z.object({ type: z.literal("ping") }),
], { error: "Write auth, subscribe, unsubscribe or ping" });

/** What a client may say. */
export type ClientMessage = z.infer<typeof clientMessage>;

/** @throws {ValidationError} naming the field that is wrong */
export function parseMessage(text: string): ClientMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ValidationError("message", 'Not JSON; write {"type":"ping"}');
  }
  const parsed = clientMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ValidationError(
    parsed.error.issues.map((issue) => ({
      field: issue.path.join(".") || "message",
      message: issue.message,
    })),
  );
}

/** The message that tells a client what is wrong; what isn't meant for it stays untold. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof AppError)) {
    return JSON.stringify({
      type: "error",
      code: "internal",
      message: "Something went wrong here",
    });
  }
  const field = error instanceof ValidationError ? error.faults[0]?.field : undefined;
  return JSON.stringify({ type: "error", code: error.kind, message: error.message, field });
}

/** What a `Sec-WebSocket-Protocol` header offers. */
export interface Offer {
  /** Whether our sub-protocol is among it; the answer must name one that was offered. */
  readonly protocol: boolean;
  readonly token: string | undefined;
}

/** Reads the header; a token there, unlike one in the address, is in no access log. */
export function parseOffer(header: string | null): Offer {
  const offered = (header ?? "").split(",").map((each) => each.trim());
  const bearer = offered.find((each) => each.startsWith(BEARER));
  return { protocol: offered.includes(PROTOCOL), token: bearer?.slice(BEARER.length) };
}

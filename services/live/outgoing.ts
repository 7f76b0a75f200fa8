/**
 * What is sent to clients, encoded at most once for each transport however many clients get it.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 * @module
 */
import type { Position } from "../stream/mod.ts";
import { formatEventId } from "./event_id.ts";

/** Something to send, in the form of each transport. */
export interface Outgoing {
  /** The bytes for an event stream; shared, never to be changed or transferred. */
  sse(): Uint8Array;
  /** The messages for a WebSocket. */
  ws(): readonly string[];
}

/** Why a client has to take a snapshot instead of going on. */
export type GapReason =
  /** The stream was lost or flushed: the position is of another epoch. */
  | "epoch"
  /** The entries after the position are trimmed, or the position is none of this stream. */
  | "position";

const encoder = new TextEncoder();

/** One event with a name; JSON has no line break, so its data is one line. */
export function sseEvent(name: string, data: string, position?: Position): Uint8Array {
  const id = position ? `id: ${formatEventId(position)}\n` : "";
  return encoder.encode(`${id}event: ${name}\ndata: ${data}\n\n`);
}

/** The delay before a cut client connects again, in milliseconds; sent first. */
export function sseRetry(ms: number): Uint8Array {
  return encoder.encode(`retry: ${ms}\n\n`);
}

/** Tells that entries were missed; a snapshot follows, and only that one moves the position. */
export function gapNotice(reason: GapReason): Outgoing {
  return once(
    () => sseEvent("gap", JSON.stringify({ reason })),
    () => [JSON.stringify({ type: "gap", reason })],
  );
}

/** The present state as of a position. */
export function snapshotNotice(position: Position, data: unknown): Outgoing {
  return once(
    () => sseEvent("snapshot", JSON.stringify(data), position),
    () => [JSON.stringify({ type: "snapshot", id: formatEventId(position), data })],
  );
}

/**
 * Keeps proxies from closing the connection, and moves the position of a client that saw nothing for
 * long: an id without data changes the last event id and dispatches no event.
 */
export function heartbeatNotice(position: Position): Outgoing {
  return once(
    () => encoder.encode(`: heartbeat\nid: ${formatEventId(position)}\n\n`),
    () => [JSON.stringify({ type: "heartbeat", id: formatEventId(position) })],
  );
}

function once(sse: () => Uint8Array, ws: () => readonly string[]): Outgoing {
  let bytes: Uint8Array | undefined;
  let texts: readonly string[] | undefined;
  return {
    sse: () => bytes ??= sse(),
    ws: () => texts ??= ws(),
  };
}

/**
 * The id of an SSE event: `epoch:entry id`, a position in the stream that a client hands back.
 * @module
 */
import { isEntryId, type Position } from "../stream/mod.ts";

// An epoch is a UUID; a colon stands in none of the parts.
const EVENT_ID = /^([0-9A-Za-z-]{1,64}):([0-9-]{1,41})$/;

/** The event id of a position. */
export function formatEventId({ epoch, id }: Position): string {
  return `${epoch}:${id}`;
}

/** The position of an event id from a client; undefined when it isn't one of ours. */
export function parseEventId(text: string): Position | undefined {
  const [, epoch, id] = EVENT_ID.exec(text) ?? [];
  if (epoch === undefined || id === undefined || !isEntryId(id)) return undefined;
  return { epoch, id };
}

/**
 * What the live stream does to the rows of a list of messages; pure.
 * @module
 */
import type { MessageMoved } from "./live_events.ts";
import type { ApiMessage } from "./message_api.ts";

/** What of the filter decides whether a message that is told live belongs to the list. */
export interface LiveFilter {
  readonly states: string[];
  /** How the number begins. */
  readonly to: string | null;
  readonly connector: string | null;
}

/** Whether a message that moved belongs to the list. */
export function belongs(filter: LiveFilter, moved: MessageMoved): boolean {
  return (filter.states.length === 0 ? moved.previous_state === null : filter.states.includes(
    moved.state,
  )) &&
    (filter.to === null || moved.to.startsWith(filter.to)) &&
    (filter.connector === null || moved.connector === filter.connector);
}

/** A message after a move. */
export function moved(message: ApiMessage, move: MessageMoved): ApiMessage {
  // A transition that is told late must not undo a later one.
  if (new Date(move.at) < new Date(message.state_since)) return message;
  return {
    ...message,
    state: move.state,
    state_since: move.at,
    reason: move.reason ?? message.reason,
    connector: move.connector ?? message.connector,
  };
}

/** Rows with what was read again of them, and the ids of what was read and is no row. */
export function merged(
  rows: readonly ApiMessage[],
  read: readonly ApiMessage[],
): { readonly rows: readonly ApiMessage[]; readonly unknown: readonly string[] } {
  const byId = new Map(read.map((message) => [message.id, message]));
  const known = new Set(rows.map(({ id }) => id));
  const newest = rows[0]?.id ?? "";
  return {
    rows: rows.map((row) => byId.get(row.id) ?? row),
    // Ids are in the order of time: what is older than the first row has only moved up.
    unknown: read.map(({ id }) => id).filter((id) => !known.has(id) && id > newest),
  };
}

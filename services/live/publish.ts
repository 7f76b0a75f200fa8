/**
 * How services tell what happened.
 * @module
 */
import { LIVE_STREAM, type Stream } from "../stream/mod.ts";
import type { Channel } from "./channels.ts";

export { LIVE_STREAM };

/** How long the stream keeps entries for clients that were cut, in milliseconds. */
export const LIVE_RETENTION_MS = 600_000;

/** Something that happened, for those who may see it. */
export interface LiveEvent {
  readonly channel: Channel;
  /** What happened, in lower case: `transition`, `state`, `snapshot`, `raised`; up to 48 characters. */
  readonly event: string;
  /**
   * What is told. `account_id` names the account that it belongs to; without one, only those see it
   * who see the whole installation. `connector` is left out for who may not read connectors.
   */
  readonly data: { readonly account_id?: string | null; readonly [field: string]: unknown };
}

/**
 * Appends events to the stream `live`, in order; call it after the transaction that they tell of has
 * committed. `bigint` and `Date` are written as text.
 * @throws {UnavailableError} when the stream is away for too long
 */
export async function publish(stream: Stream, events: readonly LiveEvent[]): Promise<void> {
  await stream.append(
    LIVE_STREAM,
    events.map(({ channel, event, data }) => ({
      type: `${channel}.${event}`,
      data: JSON.stringify(data, (_, value) => typeof value === "bigint" ? String(value) : value),
    })),
  );
}

/** Removes what is older than `LIVE_RETENTION_MS`; one process does it now and then. */
export async function trimLive(stream: Stream): Promise<number> {
  return await stream.trimOlderThan(LIVE_STREAM, LIVE_RETENTION_MS);
}

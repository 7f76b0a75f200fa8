/**
 * Where a subscriber's events go: one connection, whatever its transport.
 * @module
 */
import type { Outgoing } from "./outgoing.ts";

/** Why the hub ends a subscription; the transport tells the client in its own words. */
export type EndReason =
  /** The server goes down; come back. */
  | "shutdown"
  /** The client took nothing for a minute. */
  | "stalled"
  /** The session is over or the role may no longer read a channel. */
  | "unauthenticated"
  /** A dependency failed; come back and go on from the last position. */
  | "unavailable";

/** One client's connection. */
export interface Sink {
  /**
   * Whether it takes more now. When a sink becomes ready again it calls `serve` of its subscription,
   * unless `polled` is set.
   */
  readonly ready: boolean;
  /** Whether the hub has to look for itself when the sink becomes ready. */
  readonly polled: boolean;
  /** Sends; after it the sink may not be ready. */
  write(outgoing: Outgoing): void;
  /** Ends the connection. */
  close(reason: EndReason): void;
}

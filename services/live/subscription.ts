/**
 * What a transport gives to a hub and gets from it.
 * @module
 */
import type { Subject } from "../auth/mod.ts";
import type { Channel } from "./channels.ts";
import type { Sink } from "./sink.ts";

/** Who subscribes to what. */
export interface SubscribeOptions {
  readonly subject: Subject;
  readonly channels: readonly Channel[];
  readonly sink: Sink;
  /** The event id to go on from; a text that isn't one gets a gap and a snapshot. */
  readonly lastEventId?: string | undefined;
  /**
   * Asked every minute for who the client is by now. Throwing UnauthenticatedError or ForbiddenError
   * ends the subscription; another failure keeps it.
   */
  readonly recheck?: (() => Promise<Subject>) | undefined;
}

/** A client's end of a subscription. */
export interface Subscription {
  readonly channels: readonly Channel[];
  /** Says that the sink is ready. */
  serve(): void;
  /**
   * Changes the channels; of the new ones a snapshot is sent.
   * @throws {ForbiddenError} when one of them isn't for this subject; nothing is changed
   */
  setChannels(channels: readonly Channel[]): void;
  /** Says that the client went away. */
  leave(): void;
}

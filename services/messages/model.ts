import type { MtState, Signal } from "./states.ts";

/** Character set on the air: decides how many characters fit into a part. */
export type Charset = "gsm7" | "ucs2";

/** An MT message, one row from its request to its last receipt. Times are instants. */
export interface Message {
  readonly id: string;
  readonly accountId: string;
  /** E.164 with the plus. */
  readonly recipient: string;
  /** ISO 3166-1 alpha-2, where the number tells it. */
  readonly country: string | null;
  readonly sender: string | null;
  readonly body: string;
  readonly charset: Charset;
  /** 1 to 5: Jasmin cuts what is longer (`long_content_max_parts`). */
  readonly parts: number;
  readonly state: MtState;
  readonly stateSince: Date;
  /** When the state's clock runs out; null in a final state. */
  readonly dueAt: Date | null;
  /** How often a request to the gateway was begun. */
  readonly attempts: number;
  readonly gatewayMessageId: string | null;
  /** The cid that the gateway submitted by, known from its first callback. */
  readonly connector: string | null;
  /** Why it is where it is: the gateway's words, the SMSC's status, or the clock that ran out. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly sentAt: Date | null;
  readonly finalAt: Date | null;
}

/** Values that survive JSON. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json;
};

/** Something that happened to a message, raw, whether it moved the message or not. */
export interface MessageEvent {
  readonly at: Date;
  readonly signal: Signal;
  readonly from: MtState | null;
  /** Null: recorded, nothing moved. */
  readonly to: MtState | null;
  readonly detail: Json;
}

/** Seconds after which a state that is not final is looked at again. */
export interface Clocks {
  readonly queueSeconds: number;
  readonly receiptSeconds: number;
}

/** A request to `/send` may take 30 s; its lease outlives it threefold, so no live one is doubted. */
export const LEASE_SECONDS = 90;

/** One thing to be applied to one message. */
export interface SignalEntry {
  readonly messageId: string;
  readonly signal: Signal;
  readonly at: Date;
  /** Same fingerprint, same event: a callback that the gateway repeats is recorded once. */
  readonly fingerprint: string;
  readonly detail: Json;
  readonly gatewayMessageId?: string;
  readonly connector?: string;
  readonly reason?: string;
  /** The attempt that an answer belongs to: a late one must not undo a later attempt's lease. */
  readonly attempt?: number;
  /** With `defer`: when to try again. */
  readonly retryAt?: Date;
}

/** A move that was made and committed: what statistics, bills, webhooks and screens derive from. */
export interface AppliedTransition {
  readonly messageId: string;
  readonly accountId: string;
  /** Null: the message was born. */
  readonly from: MtState | null;
  readonly to: MtState;
  readonly at: Date;
  /** What moved it. */
  readonly signal: Signal | "request";
  readonly correction: boolean;
  readonly recipient: string;
  readonly connector: string | null;
  readonly reason: string | null;
  readonly parts: number;
  /** From the gateway's acceptance to this moment, in milliseconds; only on `delivered`. */
  readonly deliveryMs: number | null;
}

/** An MO message: what a phone sent. */
export interface MoMessage {
  readonly id: string;
  readonly accountId: string;
  readonly gatewayMessageId: string;
  readonly connector: string | null;
  readonly sender: string;
  readonly recipient: string;
  readonly body: string;
  readonly receivedAt: Date;
}

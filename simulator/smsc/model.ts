/**
 * The words of the record: submits received, receipts and MOs sent, and their counts.
 * @module
 */
import type { PartOf } from "./concatenation.ts";
import type { ReceiptStat } from "./outcome.ts";

/** One submit_sm or data_sm received. */
export interface SubmitRecord {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly command: string;
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly systemId: string;
  readonly session: string;
  readonly source: string;
  readonly sourceTon: number;
  readonly sourceNpi: number;
  readonly destination: string;
  readonly destinationTon: number;
  readonly destinationNpi: number;
  readonly dataCoding: number;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly priority: number;
  /** As sent, empty when not set. */
  readonly validityPeriod: string;
  readonly scheduleDeliveryTime: string;
  /** Undefined when the message is a single one. */
  readonly part: PartOf | undefined;
  /** short_message or message_payload as it came, the user data header included. */
  readonly raw: Uint8Array;
  /** `raw` without the user data header. */
  readonly content: Uint8Array;
  readonly text: string;
  /** The outcome's name. */
  readonly outcome: string;
  /** True when the SMSC took it to deliver it, whether it answered or not. */
  readonly taken: boolean;
  /** As submit_sm_resp writes it; empty for one that was not taken. */
  readonly messageId: string;
  /** The command_status decided. */
  readonly status: number;
  /** When the answer was written to the socket; undefined until then, or for ever. */
  readonly answeredAt: number | undefined;
}

/** One receipt or MO part sent, or waiting to be. */
export interface DeliveryRecord {
  readonly number: number;
  readonly kind: "receipt" | "mo";
  readonly at: number;
  readonly systemId: string;
  readonly command: "deliver_sm" | "data_sm";
  readonly source: string;
  readonly destination: string;
  readonly text: string;
  /** Receipts: the id as the receipt writes it, and the number of the submit it is about. */
  readonly messageId: string | undefined;
  readonly submit: number | undefined;
  readonly stat: ReceiptStat | undefined;
  /** MO: which part. */
  readonly part: PartOf | undefined;
  readonly state: "waiting" | "sent" | "acknowledged" | "given up";
  readonly tries: number;
  readonly sentAt: number | undefined;
  /** The last answer's command_status, undefined while there is none. */
  readonly status: number | undefined;
  readonly answeredAt: number | undefined;
}

/** Records while they change; only the SMSC holds them so. */
export type Open<Kept> = { -readonly [Key in keyof Kept]: Kept[Key] };

/** Numbers kept for one destination. */
export interface DestinationCount {
  /** Received, whatever became of them. */
  readonly submits: number;
  /** Taken by the SMSC. */
  readonly accepted: number;
  /** Messages taken: a long one counts once, by its last part. */
  readonly messages: number;
}

/** Totals since the start or the last `clear`. */
export interface Counts {
  readonly submits: number;
  readonly accepted: number;
  readonly messages: number;
  /** Submits by the name of the status decided. */
  readonly byStatus: Readonly<Record<string, number>>;
  readonly unanswered: number;
  readonly receipts: DeliveryCounts;
  readonly mo: DeliveryCounts;
  /** Submits counted but no longer kept whole: `submits()` and `messages()` lack them. */
  readonly forgotten: number;
  readonly destinations: number;
  /** True when there were more destinations than are counted one by one. */
  readonly destinationsTruncated: boolean;
}

/** How far the deliveries of one kind are. */
export interface DeliveryCounts {
  readonly queued: number;
  readonly acknowledged: number;
  readonly givenUp: number;
  /** Every write to a socket, repeated ones included. */
  readonly tries: number;
}

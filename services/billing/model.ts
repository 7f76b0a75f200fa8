/**
 * The words of billing.
 * @module
 */
import { z } from "zod";
import type { Sql, Tx } from "../db/mod.ts";

/** What one message is charged and costs, in millionths of the currency's unit. */
export interface Price {
  /** What the account pays. */
  readonly price: bigint;
  /** What the operator pays. */
  readonly cost: bigint;
  /** ISO 4217. */
  readonly currency: string;
}

/** What a price depends on. */
export interface Quotation {
  readonly accountId: string;
  /** E.164. */
  readonly recipient: string;
  /** Parts that the message is sent in, 1 or more. */
  readonly parts: number;
  /** @default now */
  readonly at?: Date;
}

/** A message that is about to be queued. */
export interface Reservation extends Quotation {
  readonly messageId: string;
}

/**
 * What sending asks of billing. Every call takes part in the caller's transaction: message and
 * charge stand or fall together. Callers know nothing of how an account is limited, so that a
 * ledger can take the place of the quota.
 *
 * A message is reserved when it is queued, then either settled (it was sent, so it counts) or
 * released (it never left). Both may be repeated and may name messages that hold nothing; the
 * caller holds the messages' own rows, so two transactions never settle and release one at once.
 */
export interface Billing {
  /** What a message would cost now; nothing is reserved. */
  price(sql: Sql | Tx, quotation: Quotation): Promise<Price>;
  /**
   * Takes a message's price, or its place in the quota, from the account and those above it. The
   * rows of their limits stay locked until the transaction ends: call it late.
   *
   * @returns the price that holds for the message from now on
   * @throws {QuotaError} when the account, or one above it, may send no more
   * @throws {NotFoundError} when there is no such account
   */
  reserve(tx: Tx, reservation: Reservation): Promise<Price>;
  /** The messages were sent: what was reserved for them is spent. */
  settle(tx: Tx, messageIds: readonly string[]): Promise<void>;
  /** The messages will never be sent: what was reserved for them is given back. */
  release(tx: Tx, messageIds: readonly string[]): Promise<void>;
}

/** How long an allowance is for: a calendar month in UTC, or for ever. */
export const QUOTA_PERIODS = ["month", "total"] as const;
export type QuotaPeriod = typeof QUOTA_PERIODS[number];

/** A limit to set. */
export const quotaSchema = z.strictObject({
  /** Messages, however many parts each has; `null` is no limit. */
  allowance: z.bigint().min(0n).max(9_000_000_000_000_000n).nullable(),
  period: z.enum(QUOTA_PERIODS),
});
export type NewQuota = z.input<typeof quotaSchema>;

/** An account's own limit, and how much of it is used in the present period. */
export interface Quota {
  readonly accountId: string;
  readonly allowance: bigint | null;
  readonly period: QuotaPeriod;
  readonly used: bigint;
  /** `null` is no limit. */
  readonly remaining: bigint | null;
}

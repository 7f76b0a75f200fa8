/**
 * The periods of an allowance: pure logic.
 * @module
 */
import type { QuotaPeriod } from "./model.ts";

/** What of a quota's row decides. */
export interface Counter {
  readonly period: QuotaPeriod;
  readonly periodStart: Date;
  readonly used: bigint;
}

/** The first moment of the month of `at`, in UTC. */
export function monthStart(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

/**
 * The counter as it is at `at`: a new month starts at zero. A clock that is a little behind doesn't
 * bring the old month back.
 */
export function current<C extends Counter>(counter: C, at: Date): C {
  if (counter.period === "total") return counter;
  const start = monthStart(at);
  return start > counter.periodStart ? { ...counter, periodStart: start, used: 0n } : counter;
}

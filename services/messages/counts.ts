/**
 * Counts left beside transitions, in their transaction: a dashboard is never ahead of the truth nor
 * behind it for long.
 * @module
 */
import type { Tx } from "../db/mod.ts";
import type { AppliedTransition } from "./model.ts";
import { isFinal, type MtState } from "./states.ts";

/** One row of `metric_deltas`. `minute` is the start of the minute. */
export interface MetricDelta {
  readonly minute: Date;
  readonly accountId: string;
  /** Empty where it is not known (yet). */
  readonly connector: string;
  readonly measure: string;
  readonly value: number;
}

/** Histogram of delivery times: four buckets to each doubling, so a quantile is off by 19 % at most. */
const BUCKETS_PER_DOUBLING = 4;

/** The bucket of a duration in milliseconds: 0 for up to 1 ms. */
export function latencyBucket(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(BUCKETS_PER_DOUBLING * Math.log2(ms));
}

/** The longest duration, in milliseconds, that falls into a bucket. */
export function bucketCeiling(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_DOUBLING);
}

export function minuteOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000);
}

/** Levels that are kept by counting who enters and who leaves, so that nobody counts a queue. */
export const GAUGES = ["waiting", "accepted", "sent", "uncertain"] as const;
export type Gauge = (typeof GAUGES)[number];

/** The level that a state belongs to; null for a final one. A lease stays within `waiting`. */
export function gaugeOf(state: MtState): Gauge | null {
  if (state === "queued" || state === "sending") return "waiting";
  return GAUGES.find((gauge) => gauge === state) ?? null;
}

/** Sums transitions into deltas, one for each minute, account, connector and measure. */
export function deltasOf(transitions: readonly AppliedTransition[]): MetricDelta[] {
  const sums = new Map<string, { -readonly [Key in keyof MetricDelta]: MetricDelta[Key] }>();
  const add = (transition: AppliedTransition, measure: string, value: number): void => {
    const minute = minuteOf(transition.at);
    const connector = transition.connector ?? "";
    const key = `${minute.getTime()}|${transition.accountId}|${connector}|${measure}`;
    const sum = sums.get(key);
    if (sum === undefined) {
      sums.set(key, { minute, accountId: transition.accountId, connector, measure, value });
    } else {
      sum.value += value;
    }
  };
  for (const transition of transitions) {
    const left = transition.from === null ? null : gaugeOf(transition.from);
    const entered = gaugeOf(transition.to);
    if (left !== entered) {
      if (left !== null) add({ ...transition, connector: null }, `gauge_${left}`, -1);
      if (entered !== null) add({ ...transition, connector: null }, `gauge_${entered}`, 1);
    }
    if (transition.from === null) {
      add(transition, "submitted", 1);
      add(transition, "parts", transition.parts);
      continue;
    }
    add(transition, transition.to, 1);
    if (transition.correction && isFinal(transition.from)) add(transition, transition.from, -1);
    if (transition.deliveryMs !== null) {
      add(transition, "delivery_ms", transition.deliveryMs);
      add(transition, `delivery_bucket_${latencyBucket(transition.deliveryMs)}`, 1);
    }
  }
  return [...sums.values()];
}

/** Writes the counts of transitions inside their transaction. */
export async function countTransitions(
  tx: Tx,
  transitions: readonly AppliedTransition[],
): Promise<void> {
  await writeDeltas(tx, deltasOf(transitions));
}

/** Writes deltas for the metrics role to fold. */
export async function writeDeltas(tx: Tx, deltas: readonly MetricDelta[]): Promise<void> {
  if (deltas.length === 0) return;
  await tx`
    insert into metric_deltas (minute, account_id, connector, measure, value)
    select minute, account_id, connector, measure, value
    from json_to_recordset(${
    tx.json(deltas.map((delta) => ({
      minute: delta.minute,
      account_id: delta.accountId,
      connector: delta.connector,
      measure: delta.measure,
      value: delta.value,
    })))
  }::json) as d(minute timestamptz, account_id uuid, connector text, measure text, value bigint)`;
}

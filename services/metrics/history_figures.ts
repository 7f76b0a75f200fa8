/**
 * Sums of counts become the figures that charts show: pure.
 * @module
 */
import { bucketCeiling } from "../messages/mod.ts";

/** What a chart can show. Counts are of the step; rates are 0 to 1; times are milliseconds. */
export const HISTORY_MEASURES = [
  "submitted",
  "accepted",
  "sent",
  "delivered",
  "failed",
  "unconfirmed",
  "received",
  "parts",
  "delivery_rate",
  "delivery_mean_ms",
  "delivery_p95_ms",
  "gateway_submit",
  "gateway_deliver",
  "gateway_throttled",
  "gateway_errors",
] as const;
export type HistoryMeasure = (typeof HISTORY_MEASURES)[number];

/** Those that the gateway itself counts, for connectors and the installation. */
export const GATEWAY_MEASURES = [
  "gateway_submit",
  "gateway_deliver",
  "gateway_throttled",
  "gateway_errors",
] as const satisfies readonly HistoryMeasure[];

/** Sums of counts by measure, as `metric_minute` and its like have them. */
export type Sums = ReadonlyMap<string, number>;

const FAILURES = ["undelivered", "expired", "rejected", "failed"] as const;
const BUCKET = "delivery_bucket_";

/** Which counts a measure is made of. */
const SOURCES: Readonly<Record<HistoryMeasure, readonly string[]>> = {
  submitted: ["submitted"],
  accepted: ["accepted"],
  sent: ["sent"],
  delivered: ["delivered"],
  failed: FAILURES,
  unconfirmed: ["unconfirmed"],
  received: ["mo"],
  parts: ["parts"],
  delivery_rate: ["delivered", ...FAILURES],
  delivery_mean_ms: ["delivered", "delivery_ms"],
  delivery_p95_ms: [],
  gateway_submit: ["gateway_submit"],
  gateway_deliver: ["gateway_deliver"],
  gateway_throttled: ["gateway_throttled"],
  gateway_errors: ["gateway_errors"],
};

/** Which counts these measures are made of, and whether the histogram of delivery times is. */
export function sourcesOf(
  measures: readonly HistoryMeasure[],
): { readonly names: readonly string[]; readonly buckets: boolean } {
  return {
    names: [...new Set(measures.flatMap((measure) => SOURCES[measure]))],
    buckets: measures.includes("delivery_p95_ms"),
  };
}

/** Whether the gateway counts it, and not we. */
export function isGatewayMeasure(measure: HistoryMeasure): boolean {
  return measure.startsWith("gateway_");
}

/** A figure of a step; null where it has no meaning, as a rate of nothing. */
export function figureOf(measure: HistoryMeasure, sums: Sums): number | null {
  const count = (name: string) => sums.get(name) ?? 0;
  const failed = FAILURES.reduce((sum, name) => sum + count(name), 0);
  switch (measure) {
    case "failed":
      return failed;
    case "delivery_rate": {
      const closed = count("delivered") + failed;
      return closed > 0 ? count("delivered") / closed : null;
    }
    case "delivery_mean_ms":
      return count("delivered") > 0 ? count("delivery_ms") / count("delivered") : null;
    case "delivery_p95_ms":
      return quantileMs(sums, 0.95);
    default:
      return count(SOURCES[measure][0] ?? measure);
  }
}

/** A quantile of delivery times, exact to a bucket of 19 %; null without any. */
export function quantileMs(sums: Sums, quantile: number): number | null {
  const buckets = [...sums]
    .filter(([name]) => name.startsWith(BUCKET))
    .map(([name, count]) => ({ bucket: Number(name.slice(BUCKET.length)), count }))
    .sort((left, right) => left.bucket - right.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total <= 0) return null;
  let seen = 0;
  for (const { bucket, count } of buckets) {
    seen += count;
    if (seen >= quantile * total) return Math.round(bucketCeiling(bucket));
  }
  return null;
}

/** Adds the sums of a step to those of a whole. */
export function addSums(whole: Map<string, number>, part: Sums): void {
  for (const [name, count] of part) whole.set(name, (whole.get(name) ?? 0) + count);
}

/**
 * Running figures of an account or of the whole installation, from folded counts; pure.
 * @module
 */
import { bucketCeiling } from "../messages/mod.ts";

/** Account of counts that belong to the gateway as a whole, such as other programs' traffic. */
export const GATEWAY_ACCOUNT = "00000000-0000-0000-0000-000000000000";

/** In the installation's counts, all connectors together; no cid can be so called. */
export const ALL_CONNECTORS = "*";

/** What happened within one second, and on the day so far. */
export class Tally {
  readonly #today = new Map<string, number>();
  readonly #gauges = new Map<string, number>();
  #second = new Map<string, number>();

  /** Adds a count of the second that is being built; `late`: it belongs to a day before. */
  add(measure: string, value: number, late = false): void {
    if (measure.startsWith("gauge_")) {
      this.#gauges.set(measure, (this.#gauges.get(measure) ?? 0) + value);
      return;
    }
    if (!late) this.#today.set(measure, (this.#today.get(measure) ?? 0) + value);
    this.#second.set(measure, (this.#second.get(measure) ?? 0) + value);
  }

  /** Ends the second: its counts, which start again from nothing. */
  takeSecond(): ReadonlyMap<string, number> {
    const second = this.#second;
    this.#second = new Map();
    return second;
  }

  today(measure: string): number {
    return this.#today.get(measure) ?? 0;
  }

  gauge(name: string): number {
    return Math.max(0, this.#gauges.get(`gauge_${name}`) ?? 0);
  }

  /** A new day: totals start from nothing, levels stay. */
  startDay(): void {
    this.#today.clear();
  }

  /** Mean delivery time of the day in milliseconds, null before the first delivery. */
  meanDeliveryMs(): number | null {
    const count = this.today("delivered");
    return count > 0 ? this.today("delivery_ms") / count : null;
  }

  /** A quantile (0 to 1) of the day's delivery times in milliseconds, exact to a bucket of 19 %. */
  deliveryQuantileMs(quantile: number): number | null {
    const buckets = [...this.#today]
      .filter(([measure]) => measure.startsWith("delivery_bucket_"))
      .map(([measure, count]) => ({ bucket: Number(measure.slice(16)), count }))
      .sort((left, right) => left.bucket - right.bucket);
    const total = buckets.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return null;
    let seen = 0;
    for (const { bucket, count } of buckets) {
      seen += count;
      if (seen >= quantile * total) return bucketCeiling(bucket);
    }
    return null;
  }
}

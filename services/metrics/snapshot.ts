/**
 * The figures of one second, as screens and programs get them.
 * @module
 */
import { Tally } from "./tally.ts";

/** States that close a message without delivery. */
const FAILURES = ["undelivered", "expired", "rejected", "failed"] as const;

/** Figures of an account (its whole subtree) or of the installation. Rates are of the last second. */
export interface TrafficSnapshot {
  readonly mt_per_second: {
    readonly submitted: number;
    readonly accepted: number;
    readonly sent: number;
    readonly delivered: number;
    readonly failed: number;
  };
  readonly mo_per_second: number;
  readonly today: {
    readonly submitted: number;
    readonly delivered: number;
    readonly failed: number;
    readonly unconfirmed: number;
    readonly received: number;
    /** Delivered out of those that were closed, 0 to 1; null before the first. */
    readonly delivery_rate: number | null;
    readonly delivery_mean_ms: number | null;
    readonly delivery_p95_ms: number | null;
  };
  readonly queue: {
    readonly waiting: number;
    readonly accepted: number;
    readonly sent: number;
    readonly uncertain: number;
  };
}

/** A connector's second, from the gateway's own counters: all traffic, whoever sent it. */
export interface ConnectorSecond {
  readonly submit_per_second: number;
  readonly deliver_per_second: number;
  readonly throttled_per_second: number;
  readonly errors_per_second: number;
}

/** Ends a tally's second, or the few that it covers, and puts it into words. */
export function trafficSnapshot(tally: Tally, seconds = 1): TrafficSnapshot {
  const second = tally.takeSecond();
  const rate = (measure: string) => (second.get(measure) ?? 0) / seconds;
  const failedToday = FAILURES.reduce((sum, state) => sum + tally.today(state), 0);
  const closed = tally.today("delivered") + failedToday;
  return {
    mt_per_second: {
      submitted: rate("submitted"),
      accepted: rate("accepted"),
      sent: rate("sent"),
      delivered: rate("delivered"),
      failed: FAILURES.reduce((sum, state) => sum + rate(state), 0),
    },
    mo_per_second: rate("mo"),
    today: {
      submitted: tally.today("submitted"),
      delivered: tally.today("delivered"),
      failed: failedToday,
      unconfirmed: tally.today("unconfirmed"),
      received: tally.today("mo"),
      delivery_rate: closed > 0 ? tally.today("delivered") / closed : null,
      delivery_mean_ms: tally.meanDeliveryMs(),
      delivery_p95_ms: tally.deliveryQuantileMs(0.95),
    },
    queue: {
      waiting: tally.gauge("waiting"),
      accepted: tally.gauge("accepted"),
      sent: tally.gauge("sent"),
      uncertain: tally.gauge("uncertain"),
    },
  };
}

/** Ends a connector's second, or the few that it covers. */
export function connectorSecond(tally: Tally, seconds = 1): ConnectorSecond {
  const second = tally.takeSecond();
  const rate = (measure: string) => (second.get(measure) ?? 0) / seconds;
  return {
    submit_per_second: rate("gateway_submit"),
    deliver_per_second: rate("gateway_deliver"),
    throttled_per_second: rate("gateway_throttled"),
    errors_per_second: rate("gateway_errors"),
  };
}

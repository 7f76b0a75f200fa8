/**
 * Figures second by second: how a lane moves, and what it says. Pure.
 * @module
 */

/** A value a second, oldest first; null where nobody measured. */
export type Seconds = readonly (number | null)[];

/** The last five minutes. */
export interface Traffic {
  /** The second of the last value, in seconds since 1970. */
  readonly to: number;
  readonly mt: Seconds;
  readonly mo: Seconds;
  readonly failed: Seconds;
  readonly waiting: Seconds;
}

/** How long the traffic is shown, in seconds. */
export const TRAFFIC_SECONDS = 300;

/** A connector's rate is the mean of so many seconds: one alone says little of 0.7 msg/s. */
export const RATE_SECONDS = 10;

/** Ticks come a little late or early; fewer seconds than this between two of them are no gap. */
export const LATE_SECONDS = 3;

const LANES = ["mt", "mo", "failed", "waiting"] as const;
type Values = Readonly<Record<(typeof LANES)[number], number | null>>;

/** Puts a second's values into their places; what lies between is a gap, unless it is short. */
export function addSecond(traffic: Traffic, second: number, values: Values): Traffic {
  const ahead = second - traffic.to;
  if (ahead <= -TRAFFIC_SECONDS) return traffic;
  if (ahead <= 0) {
    const place = TRAFFIC_SECONDS - 1 + ahead;
    return moved(traffic.to, (lane) => traffic[lane].with(place, values[lane]));
  }
  return moved(second, (lane) => {
    const between = ahead <= LATE_SECONDS ? values[lane] : null;
    const filled = Array.from({ length: Math.min(ahead, TRAFFIC_SECONDS) - 1 }, () => between);
    return [...traffic[lane], ...filled, values[lane]].slice(-TRAFFIC_SECONDS);
  });
}

function moved(to: number, lane: (name: (typeof LANES)[number]) => Seconds): Traffic {
  return { to, mt: lane("mt"), mo: lane("mo"), failed: lane("failed"), waiting: lane("waiting") };
}

/** The mean of the rates that are known; null when none is. */
export function meanRate(rates: Seconds): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0) / known.length;
}

/** By how much a series rises or falls a second, over its last ten; null when that isn't known. */
export function slope(series: Seconds): number | null {
  const last = series.at(-1);
  const before = series.at(-1 - RATE_SECONDS);
  return typeof last === "number" && typeof before === "number"
    ? (last - before) / RATE_SECONDS
    : null;
}

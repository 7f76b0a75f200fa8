/**
 * Seeded randomness: every draw depends on the seed and on what it is for (a destination, its
 * how-manieth message), not on the order in which sockets happened to deliver, so a run repeats.
 * @module
 */

/** Draws from [0, 1). */
export type Random = () => number;

/** A time to wait in milliseconds: fixed, uniform, normal (cut at 0) or exponential. */
export type Delay =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly mean: number; readonly deviation: number }
  | { readonly mean: number };

function hash(text: string, seed: number): number {
  // FNV-1a, 32 bits.
  let state = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < text.length; at++) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return state;
}

/** A generator for one purpose: the same seed and key always give the same draws. */
export function randomFor(seed: number, key: string): Random {
  let state = hash(key, seed);
  return () => {
    // A Weyl sequence through the finaliser of MurmurHash3.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Milliseconds drawn from a delay. */
export function drawDelay(delay: Delay, random: Random): number {
  if (typeof delay === "number") return delay;
  if ("min" in delay) return delay.min + random() * (delay.max - delay.min);
  if ("deviation" in delay) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const normal = radius * Math.cos(2 * Math.PI * random());
    return Math.max(0, delay.mean + normal * delay.deviation);
  }
  return -Math.log(1 - random()) * delay.mean;
}

/** One of the keys, as often as its weight says; undefined when all weights are 0. */
export function drawWeighted<Key extends string>(
  weights: Readonly<Partial<Record<Key, number>>>,
  random: Random,
): Key | undefined {
  // Object.entries widens the keys to string; they are the record's own.
  const entries = Object.entries(weights) as [Key, number | undefined][];
  const total = entries.reduce((sum, [, weight]) => sum + (weight ?? 0), 0);
  let left = random() * total;
  for (const [key, weight] of entries) {
    left -= weight ?? 0;
    if (left < 0) return key;
  }
  return undefined;
}

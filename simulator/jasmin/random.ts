/** All chance in the simulator: one seed, the same run. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** An integer in [0, bound). */
  int(bound: number): number;
  /** One of the items; undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** A sample of the exponential distribution. */
  exponential(mean: number): number;
  /** A version 4 UUID, the form of Jasmin's message ids. */
  uuid(): string;
  /** An independent stream, so that one part's draws do not shift another's. */
  fork(name: string): Random;
}

/** Mulberry32: small, fast, and good enough for simulated traffic. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => uint32() / 0x100000000;
  return {
    next,
    chance: (probability) => probability > 0 && next() < probability,
    int: (bound) => Math.floor(next() * bound),
    pick: (items) => items[Math.floor(next() * items.length)],
    exponential: (mean) => -Math.log(1 - next()) * mean,
    uuid() {
      const hex = [uint32(), uint32(), uint32(), uint32()]
        .map((word) => word.toString(16).padStart(8, "0")).join("");
      const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) & 3];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-` +
        `${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    fork(name) {
      let hash = 0x811c9dc5;
      for (const character of name) {
        hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
      }
      return seededRandom((seed ^ hash) >>> 0);
    },
  };
}

/**
 * How much one caller may ask: a token bucket a key, in the memory of this process. With several
 * processes each gives its own share; what must be exact (sign-in, quotas) is in PostgreSQL.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers the headers that
 * the three figures are for
 * @module
 */
import { RateLimitedError } from "../errors/mod.ts";

/** What a key is granted. */
export interface RateRule {
  /** Requests at once, 1 or more: the bucket's size. */
  readonly burst: number;
  /** Requests per second in the long run, above 0: how fast the bucket fills again. */
  readonly perSecond: number;
}

/** Where a key stands after a request, as the headers tell it. */
export interface RateState {
  readonly allowed: boolean;
  /** The bucket's size. */
  readonly limit: number;
  /** Requests left at once, 0 or more. */
  readonly remaining: number;
  /** Until the bucket is full again, in whole seconds. */
  readonly resetSeconds: number;
  /** Until the same request would be allowed, in whole seconds; 0 when this one was. */
  readonly retryAfterSeconds: number;
}

/** Counts requests by key (`user:<id>`, `ip:<address>`). */
export interface RateLimiter {
  /**
   * Takes `cost` tokens, or none when there aren't as many.
   * @param cost 1 to the rule's burst; a request with 100 messages costs 100
   */
  take(key: string, rule: RateRule, cost?: number): RateState;
}

/** How a limiter behaves. */
export interface RateLimiterOptions {
  /** Milliseconds of a clock that doesn't go back. */
  readonly now?: () => number;
  /**
   * Keys remembered; over it, the one that was idle longest is forgotten, which only ever gives its
   * owner a full bucket.
   * @default 100000
   */
  readonly maxKeys?: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Makes a limiter with no key yet. */
export function rateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  const { maxKeys = 100_000, now = () => performance.now() } = options;
  const buckets = new Map<string, Bucket>();
  return {
    take(key, { burst, perSecond }, cost = 1) {
      const at = now();
      const held = buckets.get(key);
      const filled = held === undefined
        ? burst
        : Math.min(burst, held.tokens + Math.max(0, at - held.at) / 1000 * perSecond);
      // Who waits exactly as told must not fail by the last bit of a fraction.
      const allowed = filled + 1e-9 >= cost;
      const tokens = allowed ? Math.max(0, filled - cost) : filled;
      // Set anew, so that the Map's order is that of the last use.
      buckets.delete(key);
      buckets.set(key, { at, tokens });
      if (buckets.size > maxKeys) {
        const [idlest] = buckets.keys();
        if (idlest !== undefined) buckets.delete(idlest);
      }
      return {
        allowed,
        limit: burst,
        remaining: Math.floor(tokens),
        resetSeconds: Math.ceil((burst - tokens) / perSecond),
        retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((cost - tokens) / perSecond)),
      };
    },
  };
}

/** @throws {RateLimitedError} when the request wasn't allowed */
export function requireAllowed(state: RateState): void {
  if (!state.allowed) {
    throw new RateLimitedError(
      `Too many requests; wait ${state.retryAfterSeconds} s and try again`,
      state.retryAfterSeconds,
    );
  }
}

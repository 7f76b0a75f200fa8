/**
 * How often a caller may ask, by the generic cell rate algorithm: one number for each caller. Counts
 * are this process's own; several nodes together let through as many times more.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 * @module
 */
import { isIPv6 } from "node:net";

/** So many requests within so many seconds, all at once or spread. */
export interface Rate {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateDecision {
  readonly allowed: boolean;
  /** Requests that would be let through right now. */
  readonly remaining: number;
  /** Until the full limit is there again; whole, rounded up. */
  readonly resetSeconds: number;
  /** Until one request is let through again; 0 when it is now. */
  readonly retryAfterSeconds: number;
}

/** Beyond this many callers the ones that were heard of first are forgotten. */
const MAX_KEYS = 50_000;

export class RateLimiter {
  readonly rate: Rate;
  readonly #now: () => number;
  /** When each caller's limit is full again, in milliseconds. */
  readonly #fullAt = new Map<string, number>();

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.rate = rate;
    this.#now = now;
  }

  /** Counts a request, unless it is one too many. */
  take(key: string): RateDecision {
    const decision = this.look(key);
    if (!decision.allowed) return decision;
    const now = this.#now();
    const used = this.#used(key, now) + this.#cost;
    this.#fullAt.delete(key); // so that the map is in the order of the last request
    this.#fullAt.set(key, now + used);
    this.#forget(now);
    return { ...this.#decide(used), allowed: true };
  }

  /** What {@linkcode take} would decide, without counting. */
  look(key: string): RateDecision {
    return this.#decide(this.#used(key, this.#now()));
  }

  /** Callers that are remembered. */
  get size(): number {
    return this.#fullAt.size;
  }

  /** What one request takes of the window, in milliseconds. */
  get #cost(): number {
    return this.rate.windowSeconds * 1000 / this.rate.limit;
  }

  #used(key: string, now: number): number {
    return Math.max(0, (this.#fullAt.get(key) ?? now) - now);
  }

  #decide(used: number): RateDecision {
    const left = this.rate.windowSeconds * 1000 - used;
    // Sums of fractions must not cost a request.
    const remaining = Math.max(0, Math.floor(left / this.#cost + 1e-6));
    const wait = remaining > 0 ? 0 : Math.ceil((this.#cost - left) / 1000);
    return {
      allowed: remaining > 0,
      remaining,
      resetSeconds: Math.ceil(used / 1000),
      retryAfterSeconds: wait,
    };
  }

  #forget(now: number): void {
    for (const [key, fullAt] of this.#fullAt) {
      if (fullAt > now && this.#fullAt.size <= MAX_KEYS) break;
      this.#fullAt.delete(key);
    }
  }
}

/** Whom an address stands for: an IPv6 customer has a whole /64. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [left = "", right] = ip.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const gap = right === undefined ? [] : Array<string>(8 - head.length - tail.length).fill("0");
  return `${
    [...head, ...gap, ...tail].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, "")).join(":")
  }::/64`;
}

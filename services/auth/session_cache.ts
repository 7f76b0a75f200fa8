/**
 * What `authenticate` remembers of sessions, so that a page with thirty requests asks the database
 * once. It holds for a few seconds, and a revocation is honoured everywhere after that.
 * @module
 */

/** Values by key, each kept for `ttlMs`; concurrent misses of one key share one load. */
export class TtlCache<Value> {
  readonly #entries = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  readonly #ttlMs: number;
  readonly #maxEntries: number;
  readonly #now: () => number;

  constructor(options: { ttlMs: number; maxEntries: number; now: () => number }) {
    this.#ttlMs = options.ttlMs;
    this.#maxEntries = options.maxEntries;
    this.#now = options.now;
  }

  /** The value, loaded when it isn't there or is too old. A failed load isn't kept. */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = this.#now();
    const held = this.#entries.get(key);
    // A clock that went back must not make an entry live longer than its time.
    if (held !== undefined && held.until > now && held.until <= now + this.#ttlMs) {
      return held.value;
    }
    const value = load();
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: now + this.#ttlMs });
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
    });
    this.#trim();
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Drops the oldest; a Map keeps the order of insertion. */
  #trim(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}

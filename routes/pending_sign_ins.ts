/**
 * Sign-ins whose password was right and whose code is still to come. They are kept in this process
 * for some minutes, so that the password goes neither into the page nor into a cookie.
 * @module
 */

/** How long the code may take. */
export const PENDING_SECONDS = 300;

/** What was shown already. */
export interface PendingSignIn {
  readonly email: string;
  readonly password: string;
}

export class PendingSignIns {
  readonly #held = new Map<string, { readonly what: PendingSignIn; readonly until: number }>();
  readonly #most: number;
  readonly #now: () => number;

  constructor(options: { readonly most?: number; readonly now?: () => number } = {}) {
    this.#most = options.most ?? 1_000;
    this.#now = options.now ?? Date.now;
  }

  /** Keeps it; answers the ticket that finds it. The oldest goes when there are too many. */
  keep(what: PendingSignIn): string {
    const ticket = crypto.getRandomValues(new Uint8Array(32)).toHex();
    this.#held.set(ticket, { what, until: this.#now() + PENDING_SECONDS * 1000 });
    for (const [each, { until }] of this.#held) {
      if (this.#held.size <= this.#most && until > this.#now()) break;
      this.#held.delete(each);
    }
    return ticket;
  }

  find(ticket: string): PendingSignIn | null {
    const held = this.#held.get(ticket);
    return held === undefined || held.until <= this.#now() ? null : held.what;
  }

  drop(ticket: string): void {
    this.#held.delete(ticket);
  }
}

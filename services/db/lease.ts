/**
 * Leases: an exclusive role (jcli writer, scheduler, log follower) is held by one process of the
 * whole installation for as long as it renews a row.
 *
 * Expiry is the database's time alone. The holder trusts a lease only from the moment *before* it
 * asked, by its monotonic clock, and stops trusting it a quarter of the time early: whatever the
 * network or a pause did, it has let go before another can take over.
 * @module
 */
import { UnavailableError, ValidationError } from "../errors/mod.ts";
import { logger } from "../log/mod.ts";
import type { Sql } from "./connect.ts";

/** The part of a lease's time for which its holder trusts it. */
const TRUSTED = 0.75;
/** The part of a lease's time after which it is renewed: two more tries fit into the trusted part. */
const RENEW_AFTER = 0.25;
const RETRY_AFTER = 0.05;
const SHORTEST_MS = 200;

const log = logger("lease");

/** A lease that this process holds, or held. */
export interface Lease extends AsyncDisposable {
  readonly name: string;
  /** Higher with each new holder: what a former holder still does carries a lower one. */
  readonly epoch: bigint;
  /** Whether the lease may be relied on at this instant; once false, false for ever. */
  valid(): boolean;
  /** Aborts when the lease is lost (never by `release`); its reason is an `UnavailableError`. */
  readonly lost: AbortSignal;
  /** Gives the lease up, so that another may have it at once; never throws. */
  release(): Promise<void>;
}

/** What tests replace. */
export interface LeaseOptions {
  /**
   * A monotonic clock, in milliseconds.
   * @default performance.now
   */
  readonly now?: () => number;
}

/**
 * Takes the lease if nobody holds it, and renews it from then on.
 *
 * @param sql a pool in which the renewals need not queue behind long statements
 * @param holder who holds it, unique to this process: shown to operators
 * @param ttlMs time from the last renewal after which another may take it, 200 or more
 * @returns null when another holds it
 * @throws {ValidationError} when `ttlMs` is too short
 */
export async function acquireLease(
  sql: Sql,
  name: string,
  holder: string,
  ttlMs: number,
  options: LeaseOptions = {},
): Promise<Lease | null> {
  if (!(ttlMs >= SHORTEST_MS)) {
    throw new ValidationError("ttlMs", `${ttlMs} is too short for a lease; take 200 or more`);
  }
  const now = options.now ?? (() => performance.now());
  const asked = now();
  // A row whose time has passed goes to whoever updates it first; the second one's condition is
  // checked again after the first has committed.
  const [row] = await sql<{ epoch: bigint }[]>`
    insert into leases as held (name, holder, epoch, expires_at)
    values (${name}, ${holder}, 1, clock_timestamp() + ${ttlMs} * interval '1 millisecond')
    on conflict (name) do update
       set holder = excluded.holder, epoch = held.epoch + 1,
           expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
     where held.expires_at <= clock_timestamp()
    returning epoch`;
  if (row === undefined) return null;
  return new HeldLease(sql, { name, holder, epoch: row.epoch, ttlMs }, asked, now);
}

interface Terms {
  readonly name: string;
  readonly holder: string;
  readonly epoch: bigint;
  readonly ttlMs: number;
}

class HeldLease implements Lease {
  readonly name: string;
  readonly epoch: bigint;
  readonly #sql: Sql;
  readonly #terms: Terms;
  readonly #now: () => number;
  readonly #lost = new AbortController();
  #trustedUntil: number;
  #released: Promise<void> | undefined;
  #renewTimer: ReturnType<typeof setTimeout> | undefined;
  #lossTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(sql: Sql, terms: Terms, asked: number, now: () => number) {
    this.name = terms.name;
    this.epoch = terms.epoch;
    this.#sql = sql;
    this.#terms = terms;
    this.#now = now;
    this.#trustedUntil = asked + terms.ttlMs * TRUSTED;
    this.#watch();
    this.#renewLater(terms.ttlMs * RENEW_AFTER);
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  valid(): boolean {
    if (this.#released !== undefined || this.lost.aborted) return false;
    if (this.#now() < this.#trustedUntil) return true;
    this.#lose("it wasn't renewed in time");
    return false;
  }

  release(): Promise<void> {
    return this.#released ??= this.#giveUp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  /** Tells of the loss even when nobody asks. */
  #watch(): void {
    clearTimeout(this.#lossTimer);
    const left = Math.max(0, this.#trustedUntil - this.#now());
    this.#lossTimer = setTimeout(() => {
      if (this.valid()) this.#watch();
    }, Math.ceil(left));
  }

  #renewLater(delayMs: number): void {
    this.#renewTimer = setTimeout(() => this.#renew(), delayMs);
  }

  async #renew(): Promise<void> {
    const { name, holder, epoch, ttlMs } = this.#terms;
    const asked = this.#now();
    try {
      const { count } = await this.#sql`
        update leases
           set expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
         where name = ${name} and holder = ${holder} and epoch = ${epoch}
           and expires_at > clock_timestamp()`;
      if (!this.valid()) return;
      if (count === 0) return this.#lose("another holder has it, or it expired");
    } catch (error) {
      if (!this.valid()) return;
      log.warn({ lease: name, err: error }, "The lease couldn't be renewed; trying again");
      return this.#renewLater(ttlMs * RETRY_AFTER);
    }
    this.#trustedUntil = asked + ttlMs * TRUSTED;
    this.#watch();
    this.#renewLater(ttlMs * RENEW_AFTER);
  }

  #lose(why: string): void {
    this.#stopTimers();
    log.warn({ lease: this.name, epoch: String(this.epoch) }, `The lease is lost: ${why}`);
    this.#lost.abort(new UnavailableError(`The lease ${this.name} is lost: ${why}`));
  }

  #stopTimers(): void {
    clearTimeout(this.#renewTimer);
    clearTimeout(this.#lossTimer);
  }

  async #giveUp(): Promise<void> {
    this.#stopTimers();
    const { name, holder, epoch } = this.#terms;
    try {
      // Not deleted: the row keeps the epoch.
      await this.#sql`
        update leases set expires_at = least(expires_at, clock_timestamp())
         where name = ${name} and holder = ${holder} and epoch = ${epoch}`;
    } catch (error) {
      log.warn({ lease: name, err: error }, "The lease couldn't be released; it will expire");
    }
  }
}

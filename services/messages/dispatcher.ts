/**
 * Takes queued messages to the gateway: leases just as many as it can put on the wire at once, and
 * keeps every answer until it is committed.
 * @module
 */
import { GroupCommit, isConnectionError, type Sql } from "../db/mod.ts";
import type { SendOutcome } from "../gateway/mod.ts";
import type { Logger } from "../log/mod.ts";
import { type ApplyDeps, applySignals } from "./apply.ts";
import { type LeasedMessage, leaseQueued } from "./lease.ts";
import type { AppliedTransition, SignalEntry } from "./model.ts";
import { isGatewayAway, retryDelayMs, signalOfOutcome } from "./outcome.ts";

/** What a dispatcher needs. */
export interface DispatcherOptions extends ApplyDeps {
  readonly sql: Sql;
  /** Puts one message on the wire; never throws, never repeats by itself. */
  readonly send: (message: LeasedMessage) => Promise<SendOutcome>;
  /** Told what moved, after it is committed. */
  readonly announce: (transitions: readonly AppliedTransition[]) => void;
  /** Requests under way at once, 1 or more. */
  readonly concurrency: number;
  readonly log: Logger;
}

/** How long to wait before looking at an empty queue again, in milliseconds. */
const IDLE_MS = 50;

/** While the gateway can't be reached, one message tries it, at growing intervals. */
const PROBE_SLOTS = 1;

/** One dispatcher; any number may run over one database. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #outcomes: GroupCommit<SignalEntry>;
  #inFlight = 0;
  #failuresInARow = 0;
  #wake: (() => void) | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#outcomes = new GroupCommit((entries) => this.#commit(entries), { limit: 200 });
  }

  /** Messages that are leased and whose answer is not committed yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Dispatches until the signal; returns when every answer is committed. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => this.#wake?.(), { once: true });
    while (!signal.aborted) {
      const free = this.#slots() - this.#inFlight;
      const leased = free >= this.#worthwhile() ? await this.#lease(free) : [];
      for (const message of leased) void this.#dispatch(message);
      if (leased.length < free || free < this.#worthwhile()) await this.#pause(signal);
    }
    while (this.#inFlight > 0) await this.#pause();
    await this.#outcomes.idle();
  }

  #slots(): number {
    return this.#failuresInARow > 0 ? PROBE_SLOTS : this.#options.concurrency;
  }

  /** Free slots for which a query pays: at least a quarter, or all there are. */
  #worthwhile(): number {
    return Math.ceil(this.#slots() / 4);
  }

  async #lease(limit: number): Promise<LeasedMessage[]> {
    try {
      return await leaseQueued(this.#options.sql, limit);
    } catch (error) {
      this.#options.log.warn({ err: error }, "The queue can't be read, trying again");
      return [];
    }
  }

  async #dispatch(message: LeasedMessage): Promise<void> {
    this.#inFlight++;
    try {
      const startedAt = new Date();
      const outcome = await this.#options.send(message);
      this.#failuresInARow = isGatewayAway(outcome) ? this.#failuresInARow + 1 : 0;
      await this.#outcomes.add(signalOfOutcome(message, outcome, startedAt, new Date()));
    } catch (error) {
      // Its lease runs out and the clock says so; nothing is sent again meanwhile.
      this.#options.log.error({ err: error, messageId: message.id }, "An answer was not kept");
    } finally {
      this.#inFlight--;
      if (this.#slots() - this.#inFlight >= this.#worthwhile()) this.#wake?.();
    }
  }

  /** Waits for a free slot, or for the next look at the queue. */
  async #pause(signal?: AbortSignal): Promise<void> {
    const waitMs = this.#failuresInARow > 0 ? retryDelayMs(this.#failuresInARow) / 4 : IDLE_MS;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    if (signal?.aborted === true) return;
    const timer = setTimeout(resolve, waitMs);
    await promise;
    clearTimeout(timer);
    this.#wake = undefined;
  }

  /** Commits answers. While the database is away they are held here: each was a real request. */
  async #commit(entries: readonly SignalEntry[]): Promise<void> {
    const { sql, log, announce } = this.#options;
    for (let attempt = 1;; attempt++) {
      try {
        const { transitions } = await sql.begin((tx) => applySignals(tx, this.#options, entries));
        announce(transitions);
        return;
      } catch (error) {
        if (!isConnectionError(error)) throw error;
        log.warn({ err: error, answers: entries.length }, "Answers wait for the database");
        await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 50 * 2 ** attempt)));
      }
    }
  }
}

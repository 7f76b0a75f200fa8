/**
 * Ends the open streams of displays that were revoked: one query every few seconds for all displays
 * of a process, however many streams they have.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import type { Logger } from "../log/mod.ts";
import { stillStanding } from "./store.ts";

/** How often open displays are looked at; a revocation takes effect within this and a moment. */
export const GUARD_MS = 3_000;

/** An open stream of a display. */
export interface Watched {
  /** Aborts when the display was revoked or has expired. */
  readonly signal: AbortSignal;
  /** Says that the stream is closed. */
  close(): void;
}

/** One a process. */
export class WallGuard {
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #everyMs: number;
  readonly #open = new Map<string, Set<AbortController>>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #looking: Promise<void> | undefined;

  constructor(sql: Sql, log: Logger, everyMs = GUARD_MS) {
    this.#sql = sql;
    this.#log = log;
    this.#everyMs = everyMs;
  }

  /** Watches over a stream from now on. */
  watch(displayId: string): Watched {
    const controller = new AbortController();
    const streams = this.#open.get(displayId) ?? new Set();
    this.#open.set(displayId, streams.add(controller));
    this.#timer ??= setInterval(() => this.#look(), this.#everyMs);
    // One that was revoked between its sign-in and this has no moment unwatched.
    this.#look();
    return {
      signal: controller.signal,
      close: () => {
        streams.delete(controller);
        if (streams.size === 0 && this.#open.get(displayId) === streams) {
          this.#open.delete(displayId);
        }
        if (this.#open.size === 0) this.#rest();
      },
    };
  }

  /** Stops looking, and resolves when no look is under way. The streams stay as they are. */
  async stop(): Promise<void> {
    this.#open.clear();
    this.#rest();
    await this.#looking;
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    this.#looking ??= this.#endRevoked().finally(() => this.#looking = undefined);
  }

  async #endRevoked(): Promise<void> {
    // Together with what is opened in the same turn.
    await Promise.resolve();
    const ids = [...this.#open.keys()];
    if (ids.length === 0) return;
    try {
      const standing = await stillStanding(this.#sql, ids, new Date());
      for (const id of ids) {
        if (standing.has(id)) continue;
        const streams = this.#open.get(id) ?? [];
        this.#open.delete(id);
        for (const controller of streams) controller.abort();
      }
    } catch (error) {
      // While the database is away nobody can revoke either.
      this.#log.warn({ err: error }, "Wall displays could not be checked");
    }
  }
}

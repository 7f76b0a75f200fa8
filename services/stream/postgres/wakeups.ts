/**
 * Tells waiting readers that a stream grew: by LISTEN, and by the clock where that fails.
 * @module
 */
import type { Sql } from "../../db/mod.ts";
import { pause } from "../retry.ts";

/** The channel on which `stream_append` notifies, with the stream's name as payload. */
const CHANNEL = "stream";

// A notification may be lost with its connection; the clock makes that a delay and no loss.
const POLL_MS = 1_000;
const POLL_WITHOUT_LISTEN_MS = 100;

/** One LISTEN for all readers of one pool. It takes a connection beside those of the pool. */
export class Wakeups {
  readonly #sql: Sql;
  readonly #waiting = new Set<{ readonly stream: string; readonly wake: () => void }>();
  readonly #growth = new Map<string, number>();
  #listening: Promise<boolean> | undefined;
  #unlisten: (() => Promise<void>) | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** A mark of what was heard about a stream so far; take it before reading. */
  async mark(stream: string): Promise<number> {
    await (this.#listening ??= this.#listen());
    return this.#growth.get(stream) ?? 0;
  }

  /** Waits until the stream grew since the mark, but no longer than until it's time to look again. */
  async wait(stream: string, mark: number, ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if ((this.#growth.get(stream) ?? 0) !== mark) return;
    const poll = this.#unlisten ? POLL_MS : POLL_WITHOUT_LISTEN_MS;
    const ended = new AbortController();
    const waiter = { stream, wake: () => ended.abort() };
    this.#waiting.add(waiter);
    signal?.addEventListener("abort", waiter.wake, { once: true });
    try {
      await pause(Math.min(ms, poll), ended.signal).catch(() => {});
      signal?.throwIfAborted();
    } finally {
      signal?.removeEventListener("abort", waiter.wake);
      this.#waiting.delete(waiter);
    }
  }

  /** Wakes every waiting reader and listens no more. */
  async close(): Promise<void> {
    await this.#listening;
    const unlisten = this.#unlisten;
    this.#unlisten = undefined;
    this.wakeAll();
    // A server that is gone has nothing to be told.
    await unlisten?.().catch(() => {});
  }

  /** Wakes every waiting reader. */
  wakeAll(): void {
    for (const waiter of this.#waiting) waiter.wake();
  }

  async #listen(): Promise<boolean> {
    try {
      const { unlisten } = await this.#sql.listen(
        CHANNEL,
        (stream) => this.#heard(stream),
        // Also after the connection was made anew: what was said meanwhile was not heard.
        () => this.wakeAll(),
      );
      this.#unlisten = unlisten;
      return true;
    } catch {
      this.#listening = undefined;
      return false;
    }
  }

  #heard(stream: string): void {
    this.#growth.set(stream, (this.#growth.get(stream) ?? 0) + 1);
    for (const waiter of this.#waiting) if (waiter.stream === stream) waiter.wake();
  }
}

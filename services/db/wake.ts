/**
 * Waiting for work: a notice ends the wait at once, a time-out ends it anyway, because notices get
 * lost with their connection.
 * @module
 */
import type { Sql } from "./connect.ts";

/** Wakes whoever waits when something is notified on its channel. */
export class Wake {
  #pending = false;
  #resolve: (() => void) | undefined;
  #unlisten: (() => Promise<void>) | undefined;

  private constructor() {}

  /** Listens to `channel`; `sql.listen` does so again after a lost connection. */
  static async on(sql: Sql, channel: string): Promise<Wake> {
    const wake = new Wake();
    const ring = () => wake.ring();
    const { unlisten } = await sql.listen(channel, ring, ring);
    wake.#unlisten = unlisten;
    return wake;
  }

  /** Ends the present wait, or the next one. */
  ring(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** Waits for a notice, for `timeoutMs`, or for the signal, whichever comes first. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#pending && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resolve = resolve;
      const timer = setTimeout(resolve, timeoutMs);
      const onAbort = () => resolve();
      signal.addEventListener("abort", onAbort, { once: true });
      await promise;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
    this.#resolve = undefined;
    this.#pending = false;
  }

  /** Stops listening. */
  async close(): Promise<void> {
    await this.#unlisten?.();
  }
}

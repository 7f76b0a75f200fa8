/**
 * Tells what transactions have left in the outbox. What fails is told later: by the next call, or
 * by the role `metrics`, which looks all the time.
 * @module
 */
import type { Sql } from "../db/mod.ts";
import type { Logger } from "../log/mod.ts";
import { type Stream, tellOutbox } from "../stream/mod.ts";

/** One a worker or process; calls that come while it tells become one. */
export class OutboxTeller {
  readonly #sql: Sql;
  readonly #stream: Stream;
  readonly #log: Logger;
  #telling: Promise<void> | undefined;
  #again = false;

  constructor(sql: Sql, stream: Stream, log: Logger) {
    this.#sql = sql;
    this.#stream = stream;
    this.#log = log;
  }

  /** Begins to tell; never throws. */
  tell(): void {
    this.#again = true;
    this.#telling ??= this.#run();
  }

  /** Resolves when nothing is being told any more. */
  async idle(): Promise<void> {
    await this.#telling;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await tellOutbox(this.#sql, this.#stream);
      } catch (error) {
        this.#log.warn({ err: error }, "Events wait in the outbox to be told");
      }
    }
    // With the last look at `again`, so that no call falls between the two.
    this.#telling = undefined;
  }
}

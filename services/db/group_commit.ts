/**
 * Group commit: what arrives while one statement is under way travels together in the next.
 * @module
 */
import { UnavailableError } from "../errors/mod.ts";

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How a group commit behaves. */
export interface GroupCommitOptions {
  /** Items in one statement. @default 500 */
  readonly limit?: number;
  /** Items that may wait; one more is refused, so that memory stays bounded. @default 20_000 */
  readonly capacity?: number;
}

/** Collects items and hands them to `flush` in batches, one batch at a time, in order. */
export class GroupCommit<Item> {
  readonly #flush: (items: readonly Item[]) => Promise<void>;
  readonly #limit: number;
  readonly #capacity: number;
  #queue: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;

  constructor(
    flush: (items: readonly Item[]) => Promise<void>,
    { limit = 500, capacity = 20_000 }: GroupCommitOptions = {},
  ) {
    this.#flush = flush;
    this.#limit = limit;
    this.#capacity = capacity;
  }

  /**
   * Resolves when the item's batch is committed, rejects when it failed.
   * @throws {UnavailableError} when too many items wait already
   */
  add(item: Item): Promise<void> {
    if (this.#queue.length >= this.#capacity) {
      return Promise.reject(
        new UnavailableError(`${this.#queue.length} writes wait for the database; repeat later`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits or is under way any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the loop, so that what is added together travels together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, this.#limit);
      this.#queue = this.#queue.slice(this.#limit);
      try {
        await this.#flush(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = undefined;
  }
}

/**
 * Bounds how much work of one kind is under way: a thousand clients that come back at once must not
 * become a thousand queries at once.
 * @module
 */

/** Runs at most `most` tasks at a time; the others wait in their order. */
export class Limit {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs the task when it is its turn. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // The place is handed on, so a task that comes just now can't overtake.
      if (next) next();
      else this.#running -= 1;
    }
  }
}

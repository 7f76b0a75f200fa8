/** Timers of a part of the simulator, all of which end with it. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>();
  #stopped = false;

  /** Runs the action later, unless the timers were stopped or it was cancelled before. */
  after(ms: number, action: () => void): () => void {
    if (this.#stopped) return () => {};
    const id = setTimeout(() => {
      this.#running.delete(id);
      action();
    }, ms);
    this.#running.add(id);
    return () => {
      clearTimeout(id);
      this.#running.delete(id);
    };
  }

  /** Repeats the action until the timers are stopped. */
  every(ms: number, action: () => void): void {
    this.after(ms, () => {
      action();
      this.every(ms, action);
    });
  }

  /** A wait that never ends when the timers are stopped meanwhile. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  stop(): void {
    this.#stopped = true;
    for (const id of this.#running) clearTimeout(id);
    this.#running.clear();
  }
}

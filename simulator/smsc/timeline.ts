/**
 * Everything that happens later, on one timer: a heap of due times, so a hundred thousand waiting
 * receipts cost one timer, and one call ends them all.
 * @module
 */

interface Entry {
  readonly due: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Ends a scheduled run that has not happened yet. */
export type Cancel = () => void;

function earlier(left: Entry, right: Entry): boolean {
  return left.due < right.due || (left.due === right.due && left.order < right.order);
}

/** Runs callbacks after delays; those due at the same instant run in the order they were added. */
export class Timeline {
  readonly #heap: Entry[] = [];
  #order = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerDue = Infinity;
  #stopped = false;

  /** Runs `run` after `ms` milliseconds, never at once; does nothing once stopped. */
  after(ms: number, run: () => void): Cancel {
    if (this.#stopped) return () => {};
    const entry: Entry = { due: performance.now() + ms, order: this.#order++, run };
    this.#push(entry);
    this.#arm();
    return () => {
      entry.run = undefined;
    };
  }

  /** Drops everything that has not run. */
  stop(): void {
    this.#stopped = true;
    this.#heap.length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    const next = this.#heap[0];
    if (!next || this.#stopped || this.#timerDue <= next.due) return;
    clearTimeout(this.#timer);
    this.#timerDue = next.due;
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, next.due - performance.now()));
  }

  #fire(): void {
    this.#timer = undefined;
    this.#timerDue = Infinity;
    // A timer may fire a fraction of a millisecond early.
    const now = performance.now() + 0.5;
    for (let next = this.#heap[0]; next && next.due <= now; next = this.#heap[0]) {
      this.#pop();
      next.run?.();
    }
    this.#arm();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (!parent || !earlier(entry, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      if (!child) break;
      const right = heap[childAt + 1];
      if (right && earlier(right, child)) {
        child = right;
        childAt++;
      }
      if (!earlier(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
  }
}

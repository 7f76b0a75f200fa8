/**
 * A signal that aborts after a time or with another signal, and leaves nothing behind when it is
 * disposed of: `AbortSignal.timeout` keeps its timer until it fires, which at hundreds of calls a
 * second are thousands.
 * @module
 */

/** Aborts `signal` after `ms`, or when `parent` aborts. Dispose of it when the work is done. */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #abort: () => void;

  constructor(ms: number, readonly parent?: AbortSignal) {
    this.#abort = () => this.#controller.abort(parent?.reason);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException(`${ms} ms have passed`, "TimeoutError"));
    }, ms);
    if (parent?.aborted) this.#abort();
    parent?.addEventListener("abort", this.#abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.parent?.removeEventListener("abort", this.#abort);
  }
}

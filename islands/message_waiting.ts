/// <reference lib="dom" />
/**
 * Rows that came while one reads: they wait when the reader has scrolled, points at the list or has
 * the focus in it, and are shown at once otherwise, never more often than the server can bear.
 * @module
 */
import { type Signal, signal } from "@preact/signals";

/** New rows come at most this often, in ms. */
const PACE_MS = 900;

/** A slow answer makes the next one wait this many times as long. */
const REST = 3;

/** Whether the reader is at a list, so that nothing may move under the eye. */
export function isRead(list: Element | null): boolean {
  return scrollY > 8 || list?.matches(":hover") === true ||
    list?.contains(document.activeElement) === true;
}

/** The ids of rows that wait to be shown. */
export class WaitingRows {
  /** How many wait for the reader; those that are about to come are not told of. */
  readonly count: Signal<number> = signal(0);
  readonly #ids = new Set<string>();
  readonly #load: () => Promise<void>;
  readonly #isRead: () => boolean;
  #busy = false;
  #notBefore = 0;

  /**
   * @param load shows the newest rows; those that wait are among them
   * @param isReading whether they have to wait for the reader
   */
  constructor(load: () => Promise<void>, isReading: () => boolean) {
    this.#load = load;
    this.#isRead = isReading;
  }

  /** A row came that is not shown. */
  add(id: string): void {
    this.#ids.add(id);
  }

  /** Shows what waits unless the reader is at the list; called once a second. */
  async tick(): Promise<void> {
    if (this.#isRead()) this.count.value = this.#ids.size;
    else if (this.#ids.size > 0 && Date.now() >= this.#notBefore) await this.show();
  }

  /** Shows what waits, at once. */
  async show(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const begun = Date.now();
    const waited = [...this.#ids];
    try {
      await this.#load();
      for (const id of waited) this.#ids.delete(id);
      this.count.value = 0;
    } finally {
      this.#busy = false;
      this.#notBefore = begun + Math.max(PACE_MS, (Date.now() - begun) * REST);
    }
  }
}

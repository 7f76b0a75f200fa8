/**
 * When a worker that died is started again.
 * @module
 */

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** Deaths within `LOOP_WITHIN_MS` that make a crash loop. */
const LOOP_DEATHS = 5;
const LOOP_WITHIN_MS = 300_000;
/** A worker that lived so long has earned a quick restart again. */
const SOUND_AFTER_MS = 60_000;

/** The deaths of one worker; times are in milliseconds of a monotonic clock. */
export class Deaths {
  #inARow = 0;
  #times: number[] = [];

  /** Counts a death of a worker that had lived for `livedMs`. */
  add(now: number, livedMs: number): void {
    this.#inARow = livedMs >= SOUND_AFTER_MS ? 1 : this.#inARow + 1;
    this.#times = [...this.#times, now].slice(-LOOP_DEATHS);
  }

  /** Time to wait before the next start: doubled with each death in a row, half of it at random. */
  delayMs(random: number = Math.random()): number {
    const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, this.#inARow - 1));
    return full / 2 + random * full / 2;
  }

  /** Whether it dies again and again. */
  looping(now: number): boolean {
    const [oldest] = this.#times;
    return this.#times.length === LOOP_DEATHS && oldest !== undefined &&
      now - oldest < LOOP_WITHIN_MS;
  }
}

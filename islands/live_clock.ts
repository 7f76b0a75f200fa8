/// <reference lib="dom" />
/**
 * What time it is for this page, and when the live stream was heard last. One clock a page, once a
 * second, for as long as an island needs it.
 * @module
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** When the stream was heard last, in ms; null before the first. */
export const heardAt: Signal<number | null> = signal(null);

/** The present, in ms, moved once a second while an island needs it. */
export const now: Signal<number> = signal(Date.now());

/** By how much the server's clock is ahead of this computer's, in ms. */
export const ahead: Signal<number> = signal(0);

/** The present by the server's clock, in ms: what durations of the server's moments end with. */
export const serverNow: ReadonlySignal<number> = computed(() => now.value + ahead.value);

/** What the browser says of the network. */
export const online: Signal<boolean> = signal(true);

/** Raised when someone asks to connect at once; the reader of the stream listens. */
export const tryNow: Signal<number> = signal(0);

/** Under this a difference is the way of the message, not of the clocks, in ms. */
const SAME_CLOCK_MS = 2_000;

/**
 * Tells that the stream was heard just now.
 * @param at the server's clock, where the stream told it
 */
export function heard(at?: Date): void {
  heardAt.value = now.value = Date.now();
  if (at === undefined || Number.isNaN(at.getTime())) return;
  const difference = at.getTime() - now.value;
  ahead.value = Math.abs(difference) < SAME_CLOCK_MS ? 0 : difference;
}

let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keeps the clock going until the function that it answers is called. */
export function keepClock(): () => void {
  users += 1;
  if (users === 1) {
    const tick = () => {
      now.value = Date.now();
      online.value = navigator.onLine;
    };
    tick();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    users -= 1;
    if (users === 0) clearInterval(timer);
  };
}

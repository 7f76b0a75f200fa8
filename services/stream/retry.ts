/**
 * Repeats what a server rejected or a lost connection cut, for a bounded time.
 * @module
 */
import { UnavailableError } from "../errors/mod.ts";

/** How a repeated operation behaves. */
export interface RetryOptions {
  /** What is attempted, for the error: "append to the stream". */
  readonly what: string;
  /** Whether a failure may pass by itself; any other one is thrown at once. */
  readonly isTransient: (error: unknown) => boolean;
  /** How long to go on, in milliseconds. @default 15_000 */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}

const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1_000;

/**
 * Runs `operation` until it succeeds, waiting 20 ms to 1 s (doubled, with jitter) between attempts.
 * @throws UnavailableError when the budget is used up, with the last failure as its cause
 */
export async function retry<T>(
  operation: () => Promise<T>,
  { what, isTransient, budgetMs = 15_000, signal }: RetryOptions,
): Promise<T> {
  const deadline = performance.now() + budgetMs;
  for (let delay = FIRST_DELAY_MS;; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
    signal?.throwIfAborted();
    try {
      return await operation();
    } catch (error) {
      if (!isTransient(error)) throw error;
      const wait = delay * (0.5 + Math.random() / 2);
      if (performance.now() + wait >= deadline) {
        throw new UnavailableError(`Could not ${what}: ${messageOf(error)}`, { cause: error });
      }
      await pause(wait, signal);
    }
  }
}

/** Waits; an aborted signal ends it with the signal's reason. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** What an error says; connection errors of several addresses keep the text in their parts. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") {
    return error.errors.map(messageOf).join(", ");
  }
  return error instanceof Error ? error.message || error.name : String(error);
}

/** What every call on a closed stream is answered with. */
export function closedError(): UnavailableError {
  return new UnavailableError("The stream is closed");
}

/** Waits for work to end, well or not, but no longer than so many milliseconds. */
export async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const patience = new AbortController();
  const settled = work.then(() => {}, () => {});
  await Promise.race([settled, pause(ms, patience.signal).catch(() => {})]);
  patience.abort();
}

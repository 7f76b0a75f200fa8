/**
 * A connector's traffic in steps of time, and how a second moves it; pure.
 * @module
 */

/** Rates a second by step; null where nobody measured. Errors are counts of their step. */
export interface TrafficView {
  /** When the first step begins, in ms. */
  readonly start: number;
  readonly stepMs: number;
  readonly submit: readonly (number | null)[];
  readonly deliver: readonly (number | null)[];
  readonly errors: readonly (number | null)[];
  /** When the last step was counted up to, in ms. */
  readonly countedTo: number;
}

/** What a connector did in one second. */
export interface SecondView {
  readonly submit_per_second: number;
  readonly deliver_per_second: number;
  readonly throttled_per_second: number;
  readonly errors_per_second: number;
}

const NOTHING: SecondView = {
  submit_per_second: 0,
  deliver_per_second: 0,
  throttled_per_second: 0,
  errors_per_second: 0,
};

/** A rate of less is noise: the present step borrows what lacks from the step before. */
const LEAST_MS = 10_000;

/** The rate of a step that has only begun. */
function begunRate(rate: number, elapsedMs: number, before: number | null): number {
  if (before === null || elapsedMs >= LEAST_MS) return rate;
  return (rate * elapsedMs + before * (LEAST_MS - elapsedMs)) / LEAST_MS;
}

/** Counts of steps as rates a second; of the present step, of what is over of it. */
export function ratesOf(
  counts: readonly (number | null)[],
  start: number,
  stepMs: number,
  now: number,
): (number | null)[] {
  const rates: (number | null)[] = [];
  counts.forEach((count, place) => {
    const elapsed = Math.min(stepMs, Math.max(1_000, now - start - place * stepMs));
    const before = rates.at(-1) ?? null;
    rates.push(count === null ? null : begunRate(count / (elapsed / 1_000), elapsed, before));
  });
  return rates;
}

/** The traffic after one more second; steps that are over move on, those without a second are gaps. */
export function shifted(view: TrafficView, at: number, second: SecondView | null): TrafficView {
  const { stepMs } = view;
  if (at <= view.countedTo) return view;
  const steps = view.submit.length;
  const place = Math.floor((at - view.start) / stepMs);
  const ahead = Math.max(0, place - (steps - 1));
  const move = (values: readonly (number | null)[]) => [
    ...values.slice(Math.min(ahead, steps)),
    ...Array.from({ length: Math.min(ahead, steps) }, () => null),
  ];
  const start = view.start + ahead * stepMs;
  const begun = start + (steps - 1) * stepMs;
  const before = Math.max(0, view.countedTo - begun);
  const told = second ?? NOTHING;
  const mean = (values: readonly (number | null)[], rate: number) => {
    const last = values.at(-1) ?? null;
    const elapsed = at - begun;
    const value = last === null || before === 0
      ? begunRate(rate, elapsed, values.at(-2) ?? null)
      : (last * Math.max(before, LEAST_MS) + rate * (elapsed - before)) /
        (Math.max(before, LEAST_MS) + elapsed - before);
    return [...values.slice(0, -1), value];
  };
  const errors = move(view.errors);
  const failed = told.throttled_per_second + told.errors_per_second;
  return {
    start,
    stepMs,
    submit: mean(move(view.submit), told.submit_per_second),
    deliver: mean(move(view.deliver), told.deliver_per_second),
    errors: [...errors.slice(0, -1), (errors.at(-1) ?? 0) + failed],
    countedTo: at,
  };
}

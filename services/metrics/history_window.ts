/**
 * Which time a chart shows, in which steps: pure.
 * @module
 */
import { ValidationError } from "../errors/mod.ts";
import { addDays, startOfDay } from "./day.ts";

/** Ranges that end now, and one of free choice. */
export const HISTORY_RANGES = ["5m", "1h", "day", "week", "month", "custom"] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

/** Lengths of a step. A `1d` is a day of the service's time zone, the others are of UTC. */
export const HISTORY_STEPS = ["1m", "5m", "15m", "1h", "1d"] as const;
export type HistoryStep = (typeof HISTORY_STEPS)[number];

/** What is asked for. `from` and `to` belong to `custom` alone. */
export interface HistoryRequest {
  readonly range: HistoryRange;
  readonly from?: Date;
  readonly to?: Date;
  readonly step?: HistoryStep;
}

/** A time cut into steps; `edges` has one more than there are steps, the last is the end. */
export interface HistoryWindow {
  readonly step: HistoryStep;
  readonly edges: readonly Date[];
}

/** Days that minutes, and hours and their gaps, are kept. */
export const MINUTES_KEPT_DAYS = 45;
export const HOURS_KEPT_DAYS = 731;

/** Steps at most, so that an answer stays readable and bounded. */
export const MOST_STEPS = 1_500;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const STEP_MS: Readonly<Record<HistoryStep, number>> = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "1h": HOUR_MS,
  "1d": DAY_MS,
};

const PRESETS: Readonly<
  Record<Exclude<HistoryRange, "custom">, { readonly ms: number; readonly step: HistoryStep }>
> = {
  "5m": { ms: 5 * MINUTE_MS, step: "1m" },
  "1h": { ms: HOUR_MS, step: "1m" },
  day: { ms: DAY_MS, step: "5m" },
  week: { ms: 7 * DAY_MS, step: "1h" },
  month: { ms: 30 * DAY_MS, step: "1d" },
};

/** A custom range gets the shortest step that makes no more than so many. */
const COMFORTABLE_STEPS = 400;

/**
 * The window of a request, whole steps: the first begins at or before `from`, the last ends at or
 * after `to`, so the present step is in it, not yet over.
 * @throws {ValidationError} naming `from`, `to` or `step`
 */
export function windowOf(request: HistoryRequest, now: Date): HistoryWindow {
  const { from, to } = boundsOf(request, now);
  const step = request.step ?? defaultStep(request.range, from, to, now);
  const steps = (to.getTime() - from.getTime()) / STEP_MS[step];
  if (steps > MOST_STEPS) {
    throw new ValidationError(
      "step",
      `${
        Math.ceil(steps)
      } steps of ${step} are too many, ${MOST_STEPS} is the most; choose a longer one`,
    );
  }
  requireKept(step, from, now);
  return { step, edges: step === "1d" ? dayEdges(from, to) : evenEdges(from, to, STEP_MS[step]) };
}

function boundsOf({ range, from, to }: HistoryRequest, now: Date): { from: Date; to: Date } {
  if (range !== "custom") {
    if (from !== undefined || to !== undefined) {
      throw new ValidationError(
        from !== undefined ? "from" : "to",
        `The range ${range} ends now; leave from and to out, or ask for range=custom`,
      );
    }
    return { from: new Date(now.getTime() - PRESETS[range].ms), to: now };
  }
  if (from === undefined) {
    throw new ValidationError(
      "from",
      "A custom range needs from, a moment such as 2026-01-31T00:00:00Z",
    );
  }
  const end = to === undefined || to > now ? now : to;
  if (end <= from) {
    throw new ValidationError("to", "It must be later than from, and from in the past");
  }
  return { from, to: end };
}

function defaultStep(range: HistoryRange, from: Date, to: Date, now: Date): HistoryStep {
  if (range !== "custom") return PRESETS[range].step;
  const length = to.getTime() - from.getTime();
  const age = now.getTime() - from.getTime();
  const fits = HISTORY_STEPS.find((step) =>
    length / STEP_MS[step] <= COMFORTABLE_STEPS && age <= keptDays(step) * DAY_MS
  );
  return fits ?? "1d";
}

function keptDays(step: HistoryStep): number {
  return step === "1d" ? Infinity : step === "1h" ? HOURS_KEPT_DAYS : MINUTES_KEPT_DAYS;
}

function requireKept(step: HistoryStep, from: Date, now: Date): void {
  const days = keptDays(step);
  if (now.getTime() - from.getTime() > days * DAY_MS) {
    throw new ValidationError(
      "step",
      `Figures in steps of ${step} are kept for ${days} days; choose a longer step`,
    );
  }
}

function evenEdges(from: Date, to: Date, stepMs: number): Date[] {
  const first = Math.floor(from.getTime() / stepMs);
  const last = Math.ceil(to.getTime() / stepMs);
  return Array.from({ length: last - first + 1 }, (_, index) => new Date((first + index) * stepMs));
}

function dayEdges(from: Date, to: Date): Date[] {
  const edges = [startOfDay(from)];
  for (let next = edges[0] ?? from; next < to;) {
    next = addDays(next, 1);
    edges.push(next);
  }
  return edges;
}

/** The window of as many steps that ends where this one begins. */
export function previousWindow({ step, edges }: HistoryWindow): HistoryWindow {
  const [first = new Date(0)] = edges;
  const steps = edges.length - 1;
  const back = (count: number): Date =>
    step === "1d" ? addDays(first, -count) : new Date(first.getTime() - count * STEP_MS[step]);
  return { step, edges: edges.map((_, index) => back(steps - index)) };
}

/** How many steps of a window are before the moment, all of them over or under way. */
export function stepIndex({ edges }: HistoryWindow, at: Date): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

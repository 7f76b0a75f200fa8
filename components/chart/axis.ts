/**
 * Axes that people read: from 0, at most four round labels.
 * @module
 */

/** From 0 to `top`, with a label at each of `ticks`. */
export interface Axis {
  readonly top: number;
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/**
 * The axis that holds a value.
 * @param intervals how many steps at most: 3 for a tall lane, 1 for a low one
 */
export function axisFor(most: number, intervals = 3): Axis {
  const size = Math.max(most, 0);
  if (!Number.isFinite(size) || size === 0) return { top: 1, ticks: [0, 1] };
  const rough = size / intervals;
  const power = 10 ** Math.floor(Math.log10(rough));
  // The tolerance keeps 0.3 / 0.1 from being three steps and a hair.
  const factor = STEPS.find((step) => step * power * intervals >= size * (1 - 1e-9)) ?? 10;
  const step = factor * power;
  const count = Math.ceil(size / step * (1 - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => tidy(at * step));
  return { top: tidy(count * step), ticks };
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Round moments between two, four or five of them: whole seconds, minutes, hours or days. */
export function momentsBetween(from: Date, to: Date, most = 5): Date[] {
  const span = to.getTime() - from.getTime();
  const step = MOMENTS.find((size) => span / size <= most) ?? 30 * DAY;
  const first = Math.ceil(from.getTime() / step) * step;
  const moments: Date[] = [];
  for (let at = first; at <= to.getTime(); at += step) moments.push(new Date(at));
  return moments;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOMENTS = [
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
];

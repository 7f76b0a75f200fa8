/**
 * Lines from measured values. Null is a gap: it is neither bridged nor zero.
 * @module
 */

/** A value at each step; null where nothing was measured. */
export type Series = readonly (number | null)[];

/** Steps that follow each other without a value: from the first to the last, both counted. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The runs of null. */
export function gapsOf(series: Series): Gap[] {
  const gaps: Gap[] = [];
  series.forEach((value, at) => {
    if (value !== null) return;
    const last = gaps.at(-1);
    if (last?.to === at - 1) gaps[gaps.length - 1] = { from: last.from, to: at };
    else gaps.push({ from: at, to: at });
  });
  return gaps;
}

/** What maps a step and a value to places of the drawing. */
export interface Places {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
}

const places = (value: number): string => String(Math.round(value * 100) / 100);

/** The runs of measured values. */
function runsOf(series: Series): { from: number; values: number[] }[] {
  const runs: { from: number; values: number[] }[] = [];
  series.forEach((value, at) => {
    if (value === null) return;
    const last = runs.at(-1);
    if (last !== undefined && last.from + last.values.length === at) last.values.push(value);
    else runs.push({ from: at, values: [value] });
  });
  return runs;
}

/** The path of a line; one value between two gaps is a dash of no length, seen by its round end. */
export function linePath(series: Series, { x, y }: Places): string {
  return runsOf(series).map(({ from, values }) => {
    const points = values.map((value, at) => `${places(x(from + at))} ${places(y(value))}`);
    return `M${points.length === 1 ? `${points[0]}L${points[0]}` : points.join("L")}`;
  }).join("");
}

/** The path of the area between the line and zero. */
export function areaPath(series: Series, { x, y }: Places): string {
  return runsOf(series).map(({ from, values }) => {
    const points = values.map((value, at) => `${places(x(from + at))} ${places(y(value))}`);
    const end = from + values.length - 1;
    return `M${places(x(from))} ${places(y(0))}L${points.join("L")}L${places(x(end))} ${
      places(y(0))
    }Z`;
  }).join("");
}

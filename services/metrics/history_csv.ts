/**
 * A history as CSV, safe to open in a spreadsheet: pure.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 * @module
 */
import type { History } from "./history.ts";
import type { HistoryMeasure } from "./history_figures.ts";

/** A text that a spreadsheet would calculate gets an apostrophe before it. */
const FORMULA = /^[=+\-@\t\r]/;

/** One field. Numbers are ours and go as they are; an unknown value is an empty field. */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row a step and series, oldest first; a gap is a row of empty fields. */
export function historyCsv(
  { window, series }: History,
  measures: readonly HistoryMeasure[],
  nameOf: (key: string | null) => string,
): string {
  const rows: (string | number | null)[][] = [["from", "to", "series", ...measures]];
  for (const [index, from] of window.edges.slice(0, -1).entries()) {
    const to = window.edges[index + 1] ?? from;
    for (const { key, values } of series) {
      rows.push([
        from.toISOString(),
        to.toISOString(),
        nameOf(key),
        ...measures.map((measure) => values[measure]?.[index] ?? null),
      ]);
    }
  }
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

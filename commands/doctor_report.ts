/**
 * A diagnosis as a terminal shows it; pure.
 * @module
 */
import type { CheckResult, Outcome } from "../services/doctor/mod.ts";

/** How a report is laid out. */
export interface ReportOptions {
  /** Columns of the terminal, 40 or more. */
  readonly width: number;
  readonly colour: boolean;
}

const MARKS: Readonly<Record<Outcome, { readonly word: string; readonly colour: number }>> = {
  ok: { word: "ok", colour: 32 },
  warn: { word: "warn", colour: 33 },
  fail: { word: "FAIL", colour: 31 },
  skipped: { word: "skip", colour: 90 },
};

const MARK_WIDTH = 6;
const LABEL_WIDTH = 7;

/** Breaks a text between words into lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function labelled(label: string, text: string, width: number): string[] {
  const indent = " ".repeat(MARK_WIDTH + LABEL_WIDTH);
  return wrap(text, Math.max(20, width - indent.length)).map((line, index) =>
    index === 0 ? `${" ".repeat(MARK_WIDTH)}${label.padEnd(LABEL_WIDTH)}${line}` : indent + line
  );
}

function linesOf(result: CheckResult, { width, colour }: ReportOptions): string[] {
  const { word, colour: code } = MARKS[result.outcome];
  const mark = word.padEnd(MARK_WIDTH);
  const shown = colour ? `\x1b[${code}m${mark}\x1b[0m` : mark;
  const title = `${shown}${result.title}`;
  if (result.outcome === "ok" || result.outcome === "skipped") {
    const indent = " ".repeat(MARK_WIDTH);
    return [
      title,
      ...wrap(result.got, Math.max(20, width - MARK_WIDTH)).map((line) => indent + line),
    ];
  }
  return [
    title,
    ...labelled("tried", result.tried, width),
    ...labelled("got", result.got, width),
    ...(result.mend === undefined ? [] : labelled("mend", result.mend, width)),
  ];
}

/** How many ended how, such as `11 ok, 2 failed, 1 skipped`. */
export function summaryOf(results: readonly CheckResult[]): string {
  const count = (outcome: Outcome) => results.filter((each) => each.outcome === outcome).length;
  const told: readonly (readonly [number, string])[] = [
    [count("ok"), "ok"],
    [count("warn"), "to look at"],
    [count("fail"), "failed"],
    [count("skipped"), "skipped"],
  ];
  return told.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
    .join(", ");
}

/** The report as text, a check after the other, the count last. */
export function renderReport(results: readonly CheckResult[], options: ReportOptions): string {
  const lines = results.flatMap((result) => linesOf(result, options));
  return [...lines, "", summaryOf(results)].join("\n");
}

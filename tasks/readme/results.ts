/**
 * The promises with what became of their tests, out of the last results of `deno task test`.
 * @module
 */
import { z } from "zod";
import { type Kept, PROMISES } from "./promises.ts";

const STATUSES = ["passed", "failed", "skipped"] as const;

/** `tests/.work/results.json`. */
const resultsSchema = z.object({
  suites: z.record(
    z.string(),
    z.object({
      at: z.iso.datetime(),
      seconds: z.number(),
      tests: z.array(z.object({ file: z.string(), name: z.string(), status: z.enum(STATUSES) })),
    }),
  ),
});

/** The last results of each suite. */
export type Results = z.infer<typeof resultsSchema>;

/** @throws {Error} when the text is none of a test run's */
export function readResults(text: string): Results {
  return resultsSchema.parse(JSON.parse(text));
}

/** The worst that became of a promise's test, over all suites and variants in which it ran. */
export function resultOf({ file, test, within }: Kept, { suites }: Results): string {
  const isIts = (name: string) => within === undefined ? name.includes(test) : name === within;
  const days: string[] = [];
  const seen = new Set<string>();
  for (const { at, tests } of Object.values(suites)) {
    // A file that could not be loaded is told as one failed test, with words in brackets for a name.
    const own = tests.filter((each) =>
      each.file === file && (isIts(each.name) || each.name.startsWith("("))
    );
    if (own.length > 0) days.push(at.slice(0, 10));
    for (const { status } of own) seen.add(status);
  }
  const worst = ["failed", "skipped", "passed"].find((status) => seen.has(status));
  const [oldest] = days.sort();
  return worst === undefined ? "not run" : `${worst}, ${oldest}`;
}

/** A bar would end the table's cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** README's table. */
export function promisesTable(results: Results): string {
  const rows = PROMISES.map((kept) =>
    `| ${cell(kept.promise)} | \`${kept.file}\`: ${cell(kept.test)} | ${resultOf(kept, results)} |`
  );
  return ["| promise | test | last result |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A line for each suite: how many passed, failed and were skipped, when, and in which time. */
export function suitesTable({ suites }: Results): string {
  const rows = Object.entries(suites).map(([name, { at, seconds, tests }]) => {
    const counts = STATUSES.map((status) => tests.filter((each) => each.status === status).length);
    return `| ${[name, ...counts, `${seconds.toFixed(0)} s`, at.slice(0, 10)].join(" | ")} |`;
  });
  return [
    "| suite | passed | failed | skipped | took | on |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

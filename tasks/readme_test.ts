/**
 * What README says is what the code says, and each of its promises has a test.
 */
import assert from "node:assert/strict";
import config from "../deno.json" with { type: "json" };
import { variables } from "../services/config/mod.ts";
import { type Kept, PROMISES } from "./readme/promises.ts";
import { promisesTable, readResults, resultOf, type Results } from "./readme/results.ts";
import { readSection, replaceSection } from "./readme/sections.ts";
import { statesTable } from "./readme/states.ts";
import { envExample, variablesTable } from "./readme/variables.ts";

const read = (path: string): string =>
  Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));

/** The titles of a source's tests, steps and groups. */
function titlesOf(source: string): string[] {
  const calls = /\b(?:test|step|it|describe)\(\s*(?:\{\s*name:\s*)?(["`])((?:\\.|(?!\1).)*)\1/gs;
  return [...source.matchAll(calls)].map(([, , title = ""]) => title);
}

Deno.test("every promise names a test that exists", () => {
  for (const { promise, file, test, within } of PROMISES) {
    const titles = titlesOf(read(file));
    assert(titles.some((title) => title.includes(test)), `${promise}: ${file} has no "${test}"`);
    assert(
      within === undefined || titles.includes(within),
      `${promise}: ${file} has no "${within}"`,
    );
  }
  assert.equal(new Set(PROMISES.map(({ promise }) => promise)).size, PROMISES.length);
});

Deno.test("README and .env.example say what the code says", () => {
  const mend = "run deno task readme";
  const readme = read("README.md");
  assert.equal(readSection(readme, "variables"), variablesTable(variables()), mend);
  assert.equal(read(".env.example"), envExample(variables()), mend);
  assert.equal(readSection(read("docs/database.md"), "states"), statesTable(), mend);
  const withoutResults = (table: string) => table.replaceAll(/[^|]*\|$/gm, "");
  assert.equal(
    withoutResults(readSection(readme, "promises")),
    withoutResults(promisesTable({ suites: {} })),
    mend,
  );
});

Deno.test("commands and files that README and CONTRIBUTING.md name are there", () => {
  for (const path of ["README.md", "CONTRIBUTING.md"]) {
    const text = read(path);
    for (
      const [, name = ""] of text.matchAll(/(?:deno|@2\.9\.6) task (?:--env-file=\.env )?([a-z]+)/g)
    ) {
      assert(name in config.tasks, `${path}: there is no task ${name}`);
    }
    for (const [, link = ""] of text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)) {
      assert(Deno.statSync(new URL(`../${link}`, import.meta.url)), link);
    }
  }
});

const KEPT: Kept = { promise: "It holds", file: "a_test.ts", test: "holds" };

function results(...suites: [at: string, name: string, status: string][]): Results {
  return readResults(JSON.stringify({
    suites: Object.fromEntries(suites.map(([at, name, status], index) => [
      `suite ${index}`,
      { at: `${at}T10:00:00.000Z`, seconds: 1, tests: [{ file: KEPT.file, name, status }] },
    ])),
  }));
}

Deno.test("a promise's result is the worst of its test's runs, with the oldest day", () => {
  const TABLE: readonly [Results, string][] = [
    [results(), "not run"],
    [results(["2026-11-24", "another", "passed"]), "not run"],
    [results(["2026-11-24", "holds", "passed"]), "passed, 2026-11-24"],
    [results(["2026-11-24", "redis: holds", "passed"]), "passed, 2026-11-24"],
    [
      results(["2026-11-24", "holds", "passed"], ["2026-11-20", "holds", "skipped"]),
      "skipped, 2026-11-20",
    ],
    [
      results(["2026-11-20", "holds", "failed"], ["2026-11-24", "holds", "passed"]),
      "failed, 2026-11-20",
    ],
    [results(["2026-11-24", "(the file did not run)", "failed"]), "failed, 2026-11-24"],
  ];
  for (const [given, expected] of TABLE) assert.equal(resultOf(KEPT, given), expected);
  const step = { ...KEPT, test: "a step", within: "holds" };
  assert.equal(resultOf(step, results(["2026-11-24", "holds", "failed"])), "failed, 2026-11-24");
  assert.equal(resultOf(step, results(["2026-11-24", "holds too", "failed"])), "not run");
});

Deno.test("a section is replaced as a whole and the rest left alone; one that isn't there is told", () => {
  const [begin, end] = ["<!-- begin x: written by deno task readme -->", "<!-- end x -->"];
  const document = `before\n\n${begin}\nold\n${end}\nafter\n`;
  const replaced = replaceSection(document, "x", "new\n$&");
  assert.equal(readSection(replaced, "x"), "new\n$&");
  assert.equal(replaceSection(replaced, "x", "new\n$&"), replaced);
  assert(replaced.startsWith("before\n\n") && replaced.endsWith(`${end}\nafter\n`));
  assert.throws(() => replaceSection(document, "y", ""), /begin y/);
});

/**
 * `deno task readme`: writes the tables of README and docs, and `.env.example`, out of the code and of the last test
 * results, `tests/.work/results.json`.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { variables } from "../services/config/mod.ts";
import { promisesTable, readResults, suitesTable } from "./readme/results.ts";
import { replaceSection } from "./readme/sections.ts";
import { statesTable } from "./readme/states.ts";
import { envExample, variablesTable } from "./readme/variables.ts";

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);

async function readLastResults(): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(at("tests/.work/results.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

if (import.meta.main) {
  const declared = variables();
  await Deno.writeTextFile(at(".env.example"), envExample(declared));
  let readme = await Deno.readTextFile(at("README.md"));
  readme = replaceSection(readme, "variables", variablesTable(declared));
  const text = await readLastResults();
  if (text === undefined) {
    console.error("There are no test results yet, their table stays: run deno task test");
  } else {
    const results = readResults(text);
    readme = replaceSection(readme, "suites", suitesTable(results));
    readme = replaceSection(readme, "promises", promisesTable(results));
  }
  await Deno.writeTextFile(at("README.md"), readme);
  const database = await Deno.readTextFile(at("docs/database.md"));
  await Deno.writeTextFile(
    at("docs/database.md"),
    replaceSection(database, "states", statesTable()),
  );
  console.log("Wrote README.md, docs/database.md and .env.example");
}

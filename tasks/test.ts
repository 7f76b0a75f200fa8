/**
 * `deno task test [suite ...]`: starts what the tests need, runs the suites one after the other,
 * prints the seconds and counts of each and what failing tests said, and ends with one line:
 * `N passed, N failed` (and `, N skipped` if any).
 *
 * Ends with 1 when a test failed, and with `CI=true` also when one was skipped. The last result of
 * each test is kept in `tests/.work/results.json`.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal

import {
  findChromium,
  jasminMissing,
  startPostgres,
  startRabbitmq,
  startRedis,
} from "../tests/setup/mod.ts";
import type { TestResult } from "../tests/setup/junit.ts";
import { CACHE } from "../tests/setup/paths.ts";
import {
  findTestFiles,
  runSuite,
  type Suite,
  type SuiteResult,
  SUITES,
} from "../tests/setup/suites.ts";

type Env = Record<string, string>;

const isCi = Deno.env.get("CI") === "true";
const stops: (() => Promise<void>)[] = [];

/** Starts what the suites need, once for all of them, and returns how tests find it. */
async function setUp(needs: ReadonlySet<string>): Promise<Env> {
  const env: Env = {};
  if (needs.has("postgres")) {
    const { url, stop } = await startPostgres();
    stops.push(stop);
    env["TEST_DATABASE_URL"] = url;
  }
  if (needs.has("redis")) {
    const { url, stop } = await startRedis();
    stops.push(stop);
    env["TEST_REDIS_URL"] = url;
  }
  if (needs.has("jasmin")) {
    const missing = await jasminMissing();
    if (missing !== undefined) {
      env["TEST_JASMIN_MISSING"] = missing;
      console.log(`The real gateway can't be installed, its tests are skipped: ${missing}`);
    }
  }
  if (needs.has("rabbitmq") && env["TEST_JASMIN_MISSING"] === undefined) {
    const { port, stop } = await startRabbitmq();
    stops.push(stop);
    env["TEST_AMQP_PORT"] = `${port}`;
  }
  if (needs.has("chromium")) env["TEST_CHROMIUM"] = await findChromium();
  return env;
}

async function tearDown(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

function count(tests: readonly TestResult[], status: TestResult["status"]): number {
  return tests.filter((test) => test.status === status).length;
}

function summary(tests: readonly TestResult[]): string {
  const skipped = count(tests, "skipped");
  return `${count(tests, "passed")} passed, ${count(tests, "failed")} failed` +
    (skipped === 0 ? "" : `, ${skipped} skipped`);
}

function print(result: SuiteResult): void {
  if (count(result.tests, "failed") > 0) console.log(`\n${result.output.trimEnd()}\n`);
  console.log(`${result.suite}: ${summary(result.tests)} in ${result.seconds.toFixed(1)} s`);
  for (const { status, file, name } of result.tests) {
    if (status !== "passed") console.log(`  ${status}: ${file}: ${name}`);
  }
}

/** Merged with what is there: a run of one suite says nothing about the others. */
async function keepResults(results: readonly SuiteResult[]): Promise<void> {
  const path = `${CACHE}/results.json`;
  let suites: Record<string, unknown> = {};
  try {
    suites = JSON.parse(await Deno.readTextFile(path)).suites ?? {};
  } catch {
    // The first run, or a file that was cut short.
  }
  for (const { suite, seconds, tests } of results) {
    suites[suite] = { at: new Date().toISOString(), seconds, tests };
  }
  await Deno.mkdir(CACHE, { recursive: true });
  await Deno.writeTextFile(path, `${JSON.stringify({ suites }, null, 2)}\n`);
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    const known = SUITES.map(({ name }) => name).join(", ");
    console.error(`There is no suite ${unknown}; the suites are ${known}`);
    return 2;
  }
  const files = await findTestFiles();
  const chosen = SUITES
    .filter(({ name, onRequest }) => names.includes(name) || (names.length === 0 && !onRequest))
    .map((suite): [Suite, string[]] => [suite, files.filter(suite.has)])
    .filter(([, ofSuite]) => ofSuite.length > 0);

  const work = await Deno.makeTempDir({ prefix: "jasmin-dashboard-test-" });
  await Deno.chmod(work, 0o755);
  Deno.env.set("TEST_WORK_DIR", work);
  const interruption = new AbortController();
  const interrupt = (status: number): void => {
    interruption.abort();
    tearDown().finally(() => Deno.exit(status));
  };
  Deno.addSignalListener("SIGINT", () => interrupt(130));
  Deno.addSignalListener("SIGTERM", () => interrupt(143));

  const results: SuiteResult[] = [];
  try {
    const started = Date.now();
    const env = await setUp(new Set(chosen.flatMap(([{ needs }]) => needs)));
    console.log(`set-up: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    for (const [suite, ofSuite] of chosen) {
      const result = await runSuite(
        suite,
        ofSuite,
        { ...env, TEST_WORK_DIR: work },
        work,
        interruption.signal,
      );
      if (interruption.signal.aborted) return 130;
      results.push(result);
      print(result);
    }
  } finally {
    await tearDown();
  }
  await keepResults(results);

  const tests = results.flatMap((result) => result.tests);
  const failed = count(tests, "failed") + (isCi ? count(tests, "skipped") : 0);
  if (failed > 0) console.log(`The files of this run are kept in ${work}`);
  else await Deno.remove(work, { recursive: true });
  console.log(summary(tests));
  return failed > 0 || tests.length === 0 ? 1 : 0;
}

Deno.exit(await main(Deno.args));

/** The suites of `deno task test`, and how one is run. */

import { parseJunit, type TestResult } from "./junit.ts";
import { ROOT } from "./paths.ts";

/** A set of test files that run in one `deno test`. */
export interface Suite {
  readonly name: string;
  /** Whether a path, relative to the checkout, belongs to it. */
  readonly has: (path: string) => boolean;
  /** What the suite needs started. */
  readonly needs: readonly ("postgres" | "redis" | "rabbitmq" | "jasmin" | "chromium")[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs when it is named alone. */
  readonly onRequest?: boolean;
}

const under = (folder: string) => (path: string): boolean => path.startsWith(`tests/${folder}/`);

/** In the order they run: the quick ones first. */
export const SUITES: readonly Suite[] = [
  {
    name: "unit",
    has: (path) => !path.startsWith("tests/") || path.startsWith("tests/setup/"),
    needs: ["postgres", "redis"],
  },
  {
    name: "integration",
    has: under("integration"),
    needs: ["postgres", "redis"],
    env: { TEST_STACK: "real" },
  },
  {
    name: "integration-embedded",
    has: under("integration"),
    needs: [],
    env: { TEST_STACK: "embedded" },
  },
  { name: "jasmin", has: under("jasmin"), needs: ["postgres", "redis", "rabbitmq", "jasmin"] },
  // Its plant has a PostgreSQL and a Redis of its own, to be killed.
  { name: "faults", has: under("faults"), needs: [] },
  // Every page has browser tests; they take long beside other work, so they run when asked for.
  { name: "e2e", has: under("e2e"), needs: ["postgres", "redis", "chromium"], onRequest: true },
];

/** How a suite went. */
export interface SuiteResult {
  readonly suite: string;
  readonly tests: readonly TestResult[];
  readonly seconds: number;
  /** What `deno test` printed. */
  readonly output: string;
}

/** A suite that takes longer hangs. The whole run is to stay under half an hour. */
const LONGEST_MS = 25 * 60_000;

const SKIPPED_FOLDERS = new Set(["node_modules", "_fresh", "data", "transcripts"]);

/** Every test file, relative to the checkout. */
export async function findTestFiles(folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${ROOT}/${folder}`)) {
    const path = `${folder}${name}`;
    if (isDirectory && !name.startsWith(".") && !SKIPPED_FOLDERS.has(name)) {
      files.push(...await findTestFiles(`${path}/`));
    } else if (/_test\.tsx?$/.test(name)) files.push(path);
  }
  return files.sort();
}

async function readReport(path: string): Promise<TestResult[]> {
  try {
    return parseJunit(await Deno.readTextFile(path));
  } catch (error) {
    // A run that dies early writes none.
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * A test file that could not be loaded is in no report: each counts as one failed test. (The report
 * names a test after the file that registers it, which may be one that several test files share.)
 */
function withMissing(
  tests: readonly TestResult[],
  files: readonly string[],
  success: boolean,
  output: string,
): TestResult[] {
  if (success) return [...tests];
  const begun = output.matchAll(/^running \d+ tests? from \.\/(.+)$/gm);
  const told = new Set([...tests.map(({ file }) => file), ...begun.map(([, file]) => file)]);
  const missing = files.filter((file) => !told.has(file)).map((file) => ({
    file,
    name: "(the file did not run)",
    status: "failed" as const,
    seconds: 0,
  }));
  const all = [...tests, ...missing];
  if (all.some(({ status }) => status === "failed")) return all;
  const name = "(the run failed outside of a test)";
  return [...all, { file: files[0] ?? "", name, status: "failed", seconds: 0 }];
}

/** Runs a suite's files with this process's environment and `env` on top, until `stop` is said. */
export async function runSuite(
  suite: Suite,
  files: readonly string[],
  env: Readonly<Record<string, string>>,
  workFolder: string,
  stop: AbortSignal,
): Promise<SuiteResult> {
  const started = Date.now();
  const report = `${workFolder}/${suite.name}.xml`;
  const child = new Deno.Command(Deno.execPath(), {
    // Types are checked before, once for all; without it each worker would be checked as it starts.
    args: [
      ...["test", "-A", "--no-check", "--frozen", "--no-prompt", `--junit-path=${report}`],
      ...files,
    ],
    cwd: ROOT,
    env: { ...env, ...suite.env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // What the tests started ends with them: see keeper.sh.
  const kill = (): void => child.kill("SIGKILL");
  const timer = setTimeout(kill, LONGEST_MS);
  stop.addEventListener("abort", kill);
  const output = await child.output();
  stop.removeEventListener("abort", kill);
  clearTimeout(timer);
  const text = new TextDecoder();
  const printed = `${text.decode(output.stdout)}${text.decode(output.stderr)}`;
  return {
    suite: suite.name,
    tests: withMissing(await readReport(report), files, output.success, printed),
    seconds: (Date.now() - started) / 1000,
    output: printed,
  };
}

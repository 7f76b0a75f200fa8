/**
 * `deno task ok`: the gate. Format, lint, imports and types, all at once; then the unit tests. The
 * last line says whether it is open, and else what is not right. `--no-tests` leaves the tests out.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal

interface Check {
  readonly name: string;
  /** What `deno` is called with. */
  readonly args: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "imports", args: ["task", "imports"] },
  { name: "types", args: ["check", "--quiet"] },
];
const UNIT_TESTS: Check = { name: "unit tests", args: ["task", "test", "unit"] };

const ROOT = new URL("..", import.meta.url);

/** Runs it, and prints what it said if it failed. */
async function holds({ name, args }: Check): Promise<boolean> {
  const started = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
  }).output();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${success ? "ok" : "FAILED"} in ${seconds} s`);
  if (!success) {
    const text = new TextDecoder();
    console.log(`${text.decode(stdout)}${text.decode(stderr)}`);
  }
  return success;
}

/** Runs it with its output as it comes: it takes minutes. */
async function holdsAloud({ args }: Check): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return (await child.status).success;
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((each) => each !== "--no-tests");
  if (unknown !== undefined) {
    console.error(`There is no ${unknown}. Usage: deno task ok [--no-tests]`);
    return 2;
  }
  const held = await Promise.all(CHECKS.map(holds));
  const failed = CHECKS.filter((_, index) => held[index] !== true).map(({ name }) => name);
  const withTests = !args.includes("--no-tests");
  // Types that don't fit make tests fail for the same reason again.
  if (withTests && failed.length === 0 && !await holdsAloud(UNIT_TESTS)) {
    failed.push(UNIT_TESTS.name);
  }
  const done = [...CHECKS, ...(withTests ? [UNIT_TESTS] : [])].map(({ name }) => name);
  console.log(failed.length === 0 ? `ok: ${done.join(", ")}` : `NOT OK: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));

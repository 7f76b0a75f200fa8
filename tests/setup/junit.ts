/** Reads the JUnit report that `deno test --junit-path` writes. */

/** What became of one test. */
export interface TestResult {
  /** The test file, relative to the checkout. */
  readonly file: string;
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly seconds: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });
}

function attribute(tag: string, name: string): string {
  return unescapeXml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

/**
 * The tests of a report. Steps are left out: the report lists them as further tests named
 * `test > step` (those of `node:test` under another file), and a failed step fails its test.
 */
export function parseJunit(xml: string): TestResult[] {
  const results: TestResult[] = [];
  const cases = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  for (const [, tag = "", content = ""] of xml.matchAll(cases)) {
    const status = content.includes("<failure") || content.includes("<error")
      ? "failed"
      : content.includes("<skipped")
      ? "skipped"
      : "passed";
    results.push({
      file: attribute(tag, "classname").replace(/^\.\//, ""),
      name: attribute(tag, "name"),
      status,
      seconds: Number(attribute(tag, "time")),
    });
  }
  const names = new Set(results.map(({ name }) => name));
  return results.filter(({ name }) => {
    for (let at = name.indexOf(" > "); at !== -1; at = name.indexOf(" > ", at + 1)) {
      if (names.has(name.slice(0, at))) return false;
    }
    return true;
  });
}

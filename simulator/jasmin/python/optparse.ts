/**
 * Option parsing as Python's `optparse` does it, which every jcli command goes through.
 * @see https://docs.python.org/3/library/optparse.html
 */

/** One option of a command. */
export interface OptionSpec {
  readonly short?: string;
  readonly long: string;
  /** Present when the option takes a value. */
  readonly metavar?: string;
  readonly help: string;
  readonly fallback?: string;
}

/** Values by long name without its dashes; a flag is `true`. */
export type OptionValues = Readonly<Record<string, string | true>>;

/** What the user typed is not an option of the command. */
export class OptParseError extends Error {
  override name = "OptParseError";
}

/**
 * Parses words into options and the remaining arguments.
 * @throws {OptParseError} with the text that jcli prints
 */
export function parseOptions(
  specs: readonly OptionSpec[],
  words: readonly string[],
): { values: OptionValues; rest: string[] } {
  const values: Record<string, string | true> = {};
  for (const spec of specs) {
    if (spec.fallback !== undefined) values[nameOf(spec)] = spec.fallback;
  }
  const rest: string[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === "--") {
      rest.push(...queue);
      break;
    }
    if (word.startsWith("--")) takeLong(specs, word, queue, values);
    else if (word.startsWith("-") && word.length > 1) takeShort(specs, word, queue, values);
    else rest.push(word);
  }
  return { values, rest };
}

function takeLong(
  specs: readonly OptionSpec[],
  word: string,
  queue: string[],
  values: Record<string, string | true>,
): void {
  const equals = word.indexOf("=");
  const typed = equals < 0 ? word : word.slice(0, equals);
  const spec = matchLong(specs, typed);
  if (spec.metavar === undefined) {
    if (equals >= 0) throw new OptParseError(`${spec.long} option does not take a value`);
    values[nameOf(spec)] = true;
    return;
  }
  const value = equals < 0 ? queue.shift() : word.slice(equals + 1);
  if (value === undefined) throw new OptParseError(`${spec.long} option requires 1 argument`);
  values[nameOf(spec)] = value;
}

function matchLong(specs: readonly OptionSpec[], typed: string): OptionSpec {
  const exact = specs.find((spec) => spec.long === typed);
  if (exact !== undefined) return exact;
  const near = specs.filter((spec) => spec.long.startsWith(typed));
  const [only] = near;
  if (only === undefined) throw new OptParseError(`no such option: ${typed}`);
  if (near.length > 1) {
    const names = near.map((spec) => spec.long).sort().join(", ");
    throw new OptParseError(`ambiguous option: ${typed} (${names}?)`);
  }
  return only;
}

function takeShort(
  specs: readonly OptionSpec[],
  word: string,
  queue: string[],
  values: Record<string, string | true>,
): void {
  for (let i = 1; i < word.length; i++) {
    const typed = `-${word[i]}`;
    const spec = specs.find((candidate) => candidate.short === typed);
    if (spec === undefined) throw new OptParseError(`no such option: ${typed}`);
    if (spec.metavar === undefined) {
      values[nameOf(spec)] = true;
      continue;
    }
    const value = i + 1 < word.length ? word.slice(i + 1) : queue.shift();
    if (value === undefined) throw new OptParseError(`${typed} option requires 1 argument`);
    values[nameOf(spec)] = value;
    return;
  }
}

function nameOf(spec: OptionSpec): string {
  return spec.long.slice(2);
}

const WIDTH = 78;
const MAX_HELP_COLUMN = 24;

/** The help text of a command, ending with a line end. */
export function formatHelp(command: string, specs: readonly OptionSpec[]): string {
  const left = specs.map(optionStrings);
  const column = Math.min(Math.max(...left.map((text) => text.length + 2)) + 2, MAX_HELP_COLUMN);
  const lines = specs.flatMap((spec, i) => {
    const strings = left[i] ?? "";
    const [first = "", ...more] = wrap(spec.help, WIDTH - column);
    const continued = more.map((line) => " ".repeat(column) + line);
    if (strings.length > column - 4) {
      return [`  ${strings}`, " ".repeat(column) + first, ...continued];
    }
    return [`  ${strings.padEnd(column - 4)}  ${first}`, ...continued];
  });
  return `Usage: ${command} [options] \n\nOptions:\n${lines.join("\n")}\n`;
}

function optionStrings(spec: OptionSpec): string {
  const { short, long, metavar } = spec;
  const parts = metavar === undefined
    ? [short, long]
    : [short === undefined ? undefined : `${short} ${metavar}`, `${long}=${metavar}`];
  return parts.filter((part) => part !== undefined).join(", ");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

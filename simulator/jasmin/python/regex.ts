/** Python regular expressions, run by the JavaScript engine. */

/** `re.error`: the pattern does not compile. */
export class RegexError extends Error {
  override name = "RegexError";
}

/** A compiled Python pattern with the semantics of `re.match`: anchored at the start only. */
export class PyRegex {
  readonly #compiled: RegExp;

  /** @throws {RegexError} where `re.compile` raises */
  constructor(readonly pattern: string) {
    this.#compiled = compile(pattern);
  }

  matches(text: string): boolean {
    this.#compiled.lastIndex = 0;
    return this.#compiled.test(text);
  }
}

const KNOWN_ESCAPES = new Set("AbBdDsSwWZafnrtvxuUN");

function compile(pattern: string): RegExp {
  let flags = "y";
  let out = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const here = pattern[i] ?? "";
    const rest = pattern.slice(i);
    if (here === "\\") {
      const next = pattern[++i];
      if (next === undefined) throw new RegexError("bad escape (end of pattern)");
      if (/[A-Za-z]/.test(next) && !KNOWN_ESCAPES.has(next)) {
        throw new RegexError(`bad escape \\${next}`);
      }
      if (next === "A" && !inClass) out += "(?<![\\s\\S])";
      else if (next === "Z" && !inClass) out += "(?![\\s\\S])";
      else if (next === "a") out += "\\x07";
      else out += `\\${next}`;
    } else if (inClass) {
      if (here === "]") inClass = false;
      out += here === "[" ? "\\[" : here;
    } else if (here === "[") {
      inClass = true;
      const opening = /^\[\^?\]?/.exec(rest)?.[0] ?? "[";
      out += opening.replace("]", "\\]");
      i += opening.length - 1;
    } else if (here === ".") out += "[^\\n]";
    else if (here === "$") out += "(?=\\n?(?![\\s\\S]))";
    else if (rest.startsWith("(?P<")) {
      out += "(?<";
      i += 3;
    } else if (rest.startsWith("(?P=")) {
      const name = /^\(\?P=(\w+)\)/.exec(rest)?.[1];
      if (name === undefined) throw new RegexError("bad group reference");
      out += `\\k<${name}>`;
      i += name.length + 4;
    } else if (/^\(\?<[^=!]/.test(rest)) {
      throw new RegexError(`unknown extension ${rest.slice(1, 4)}`);
    } else if (rest.startsWith("(?#")) {
      const end = rest.indexOf(")");
      if (end < 0) throw new RegexError("missing ), unterminated comment");
      i += end;
    } else if (i === 0 && /^\(\?[aiLmsux]+\)/.test(rest)) {
      const inline = /^\(\?([aiLmsux]+)\)/.exec(rest)?.[1] ?? "";
      for (const flag of "ims") if (inline.includes(flag)) flags += flag;
      i += inline.length + 2;
    } else if (here === "+" && /[*+?}]$/.test(out) && /[^\\][*+?}]$/.test(out)) {
      // A possessive quantifier (Python 3.11) only forbids backtracking: the plain one will do.
      continue;
    } else out += here;
  }
  try {
    return new RegExp(out, flags);
  } catch (error) {
    throw new RegexError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Transcripts: every byte that was said, in a form that is lossless and can be read.
 *
 * A row is a session's name, `>` (we said) or `<` (we heard), and quoted text in which each
 * character is one byte: printable ASCII as it is, the rest as `\r \n \t \\ \" \x1b`. A long entry
 * goes over several rows, cut after each `\n`; a blank line ends an entry. `a = closed` says that
 * the other side closed. Lines that start with `#` are remarks.
 */

/** What one side said in one go; or the end of a session. */
export interface Entry {
  readonly session: string;
  readonly direction: ">" | "<" | "=";
  /** One character per byte. Of `=` entries, what happened. */
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = {
  "\r": "\\r",
  "\n": "\\n",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
};

function escape(character: string): string {
  const code = character.charCodeAt(0);
  const isPlain = code >= 0x20 && code <= 0x7e;
  return NAMED[character] ??
    (isPlain ? character : `\\x${code.toString(16).padStart(2, "0")}`);
}

function quote(text: string): string {
  return `"${Array.from(text, escape).join("")}"`;
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(x([0-9a-f]{2})|.)/g, (_, escape: string, hex: string) => {
    if (hex) return String.fromCharCode(parseInt(hex, 16));
    return { r: "\r", n: "\n", t: "\t" }[escape] ?? escape;
  });
}

function rows(entry: Entry): string[] {
  const head = `${entry.session} ${entry.direction}`;
  if (entry.direction === "=") return [`${head} ${entry.text}`];
  return (entry.text.match(/[^\n]*\n|[^\n]+$/g) ?? [""]).map((part) => `${head} ${quote(part)}`);
}

/** Writes a transcript. */
export function formatTranscript(remarks: readonly string[], entries: readonly Entry[]): string {
  const head = remarks.map((remark) => `# ${remark}\n`).join("");
  return `${head}\n${entries.map((entry) => `${rows(entry).join("\n")}\n`).join("\n")}`;
}

/**
 * Reads a transcript.
 *
 * @throws {SyntaxError} on a row of another form.
 */
export function parseTranscript(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const block of text.replace(/^#.*\n/gm, "").split(/\n\n+/)) {
    let entry: Entry | undefined;
    for (const row of block.split("\n").filter((line) => line !== "")) {
      const parts = /^(\S+) ([<>=]) (.*)$/.exec(row);
      const [session, direction, said] = [parts?.[1], parts?.[2], parts?.[3]];
      if (session === undefined || said === undefined) throw new SyntaxError(`Not a row: ${row}`);
      if (direction === "=") entry = { session, direction, text: said };
      else if (direction === "<" || direction === ">") {
        entry = { session, direction, text: (entry?.text ?? "") + unquote(said) };
      }
    }
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

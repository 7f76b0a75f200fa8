/**
 * Parts of a Markdown file that are written by a program, each between two comments that name it.
 * @module
 */

const begin = (name: string): string => `<!-- begin ${name}: written by deno task readme -->`;
const end = (name: string): string => `<!-- end ${name} -->`;

/** The formatter would pad a table's cells to the longest one. */
const UNFORMATTED = ["<!-- deno-fmt-ignore-start -->", "<!-- deno-fmt-ignore-end -->"] as const;

interface Bounds {
  readonly from: number;
  readonly to: number;
}

function boundsOf(document: string, name: string): Bounds {
  const [from, to] = [document.indexOf(begin(name)), document.indexOf(end(name))];
  if (from < 0 || to < from) {
    throw new Error(`The lines "${begin(name)}" and "${end(name)}" are missing`);
  }
  return { from: from + begin(name).length, to };
}

/** The document with another text in its section. @throws {Error} when it has no such section */
export function replaceSection(document: string, name: string, text: string): string {
  const { from, to } = boundsOf(document, name);
  const [start, stop] = UNFORMATTED;
  return `${document.slice(0, from)}\n\n${start}\n\n${text}\n\n${stop}\n\n${document.slice(to)}`;
}

/** The text of a section. @throws {Error} when the document has no such section */
export function readSection(document: string, name: string): string {
  const { from, to } = boundsOf(document, name);
  const [start, stop] = UNFORMATTED;
  return document.slice(from, to).replace(start, "").replace(stop, "").trim();
}

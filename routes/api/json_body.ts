/**
 * Reads a JSON body without trusting it: type, size and depth are bounded before anything is
 * parsed, and a broken one is answered with the place where it breaks.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 * @module
 */
import { HttpError } from "fresh";

export interface JsonLimits {
  readonly maxBytes: number;
  /** Lists and objects within one another. */
  readonly maxDepth: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxBytes: 256 * 1024, maxDepth: 32 };

/**
 * The body's value, or undefined when there is no body.
 * @throws {HttpError} 413 when it is too large, 415 when it is not JSON in UTF-8 by its headers,
 * 400 when it cannot be parsed
 */
export async function readJson(request: Request, limits = DEFAULT_JSON_LIMITS): Promise<unknown> {
  const bytes = await readBytes(request, limits.maxBytes);
  if (bytes.length === 0) return undefined;
  requireJson(request.headers);
  const text = decode(bytes);
  requireDepth(text, limits.maxDepth);
  try {
    return JSON.parse(text);
  } catch {
    const at = brokenAt(text);
    const before = text.slice(0, at).split("\n");
    const column = (before.at(-1)?.length ?? 0) + 1;
    const what = at >= text.length ? "ends too early" : "is not valid JSON";
    throw new HttpError(400, `The body ${what} at line ${before.length}, column ${column}`);
  }
}

function requireJson(headers: Headers): void {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (type.trim() !== "application/json" || !utf8) {
    throw new HttpError(415, "The body must be JSON in UTF-8; send Content-Type: application/json");
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new HttpError(415, "The body is compressed; send it as it is");
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new HttpError(413, `The body is too large; send at most ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an exception cancels the stream: no more of it is read.
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError(400, "The body is not valid UTF-8; encode it so");
  }
}

function requireDepth(text: string, maxDepth: number): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "[" || char === "{") {
      if (++depth > maxDepth) {
        throw new HttpError(400, `The body is nested too deeply; use at most ${maxDepth} levels`);
      }
    } else if (char === "]" || char === "}") depth--;
  }
}

const TOKEN =
  /[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or ]" | ", or }" | "end";

/** Where a text stops being JSON: V8 tells it only for some kinds of error. */
export function brokenAt(text: string): number {
  const closers: ("]" | "}")[] = [];
  let expected: Expected = "value";
  let at = 0;
  const afterValue = (): Expected => {
    const closer = closers.at(-1);
    return closer === undefined ? "end" : `, or ${closer}`;
  };
  while (true) {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
    TOKEN.lastIndex = at;
    const token: string | undefined = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    if (expected === ":") {
      if (token !== ":") return at;
      expected = "value";
    } else if (expected.startsWith("key") && token.startsWith('"')) {
      expected = ":";
    } else if (expected.startsWith("value") && token === "[") {
      closers.push("]");
      expected = "value or ]";
    } else if (expected.startsWith("value") && token === "{") {
      closers.push("}");
      expected = "key or }";
    } else if (expected.startsWith("value") && !"]},:".includes(token)) {
      expected = afterValue();
    } else if (token === closers.at(-1) && expected.endsWith(` or ${token}`)) {
      closers.pop();
      expected = afterValue();
    } else if (token === "," && expected.startsWith(",")) {
      expected = closers.at(-1) === "]" ? "value" : "key";
    } else return at;
    at += token.length;
  }
}

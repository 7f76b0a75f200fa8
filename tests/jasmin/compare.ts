/** Whether two transcripts say the same. */

import type { Entry } from "./transcript.ts";

/** Header fields that mean nothing to a client, or that name the server's software. */
const IGNORED_HEADERS = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "date",
  "host",
  "keep-alive",
  "server",
  "transfer-encoding",
  "vary",
]);

function joinChunks(body: string): string {
  let joined = "";
  for (let at = 0; at < body.length;) {
    const end = body.indexOf("\r\n", at);
    const size = parseInt(body.slice(at, end), 16);
    if (end === -1 || Number.isNaN(size) || size === 0) break;
    // A chunk's length was told before ids and ports were masked: find its end instead.
    const next = /\r\n(?=[0-9a-f]+\r\n)/g;
    next.lastIndex = end + 2;
    const stop = next.exec(body)?.index ?? body.length;
    joined += body.slice(end + 2, stop);
    at = stop + 2;
  }
  return joined;
}

/** An HTTP message without what two servers may say differently while they mean the same. */
function normaliseHttp(message: string): string {
  const end = message.indexOf("\r\n\r\n");
  if (end === -1) return message;
  const [start = "", ...fields] = message.slice(0, end).split("\r\n");
  const isChunked = fields.some((field) => /^transfer-encoding: chunked$/i.test(field));
  const body = message.slice(end + 4);
  const headers = fields
    .map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    })
    .filter(([name]) => !IGNORED_HEADERS.has(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  return [start, ...headers, "", isChunked ? joinChunks(body) : body].join("\n");
}

/** What is compared of an entry. */
export function normalise(entry: Entry): Entry {
  const isHttp = (entry.session === "http" || entry.session === "hook") && entry.direction === "<";
  return isHttp ? { ...entry, text: normaliseHttp(entry.text) } : entry;
}

function show(entry: Entry | undefined): string {
  if (entry === undefined) return "  (nothing)";
  return `  ${entry.session} ${entry.direction} ${JSON.stringify(entry.text)}`;
}

/** The first difference, with what was said just before it; undefined when there is none. */
export function firstDifference(
  expected: readonly Entry[],
  actual: readonly Entry[],
): string | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const [wanted, got] = [expected[index], actual[index]].map((entry) =>
      entry === undefined ? undefined : normalise(entry)
    );
    if (show(wanted) === show(got)) continue;
    return [
      `entry ${index + 1} of ${expected.length}`,
      "after",
      ...expected.slice(Math.max(0, index - 2), index).map(show),
      "the recording has",
      show(wanted),
      "and the gateway said",
      show(got),
    ].join("\n");
  }
  return undefined;
}

/**
 * The exchanges in the transcripts that were recorded from the real gateway: what was sent, and
 * every byte that answered it.
 * @module
 */
import { type Entry, parseTranscript } from "./transcript.ts";

const FOLDER = new URL("./transcripts/", import.meta.url);

/** A transcript; what differs from run to run has a name there, and any value of its kind here. */
function read(name: string): readonly Entry[] {
  const text = Deno.readTextFileSync(new URL(name, FOLDER))
    .replaceAll("{{time}}", "2026-04-01 10:00:00")
    .replaceAll(/\{\{id\d+\}\}/g, "07033084-5cfd-4812-90a4-e4d24ffb6e3d");
  return parseTranscript(text);
}

/** One line to jcli and its answer. */
export interface RecordedExchange {
  /** File and session, for messages. */
  readonly where: string;
  readonly line: string;
  /** One character a byte. */
  readonly answer: string;
}

/** What telnet opens a jcli session with. */
const OPENING = "\xff\xfd";
const LINE = /^[ -~]*\r\n$/;

/** All exchanges of single, whole lines; of a session, those before anything odd is typed. */
export function recordedExchanges(): readonly RecordedExchange[] {
  const exchanges: RecordedExchange[] = [];
  for (const { name } of Deno.readDirSync(FOLDER)) {
    const entries = read(name);
    for (const session of new Set(entries.map((entry) => entry.session))) {
      exchanges.push(
        ...ofSession(`${name} ${session}`, entries.filter((entry) => entry.session === session)),
      );
    }
  }
  return exchanges;
}

function ofSession(where: string, entries: readonly Entry[]): readonly RecordedExchange[] {
  const exchanges: RecordedExchange[] = [];
  if (entries[0]?.direction !== "<" || !entries[0].text.startsWith(OPENING)) return exchanges;
  for (let at = 1; at < entries.length; at++) {
    const sent = entries[at];
    if (sent?.direction !== ">" || sent.text.startsWith("\xff")) continue;
    if (!LINE.test(sent.text)) break;
    let answer = "";
    while (entries[at + 1]?.direction === "<") answer += entries[++at]?.text ?? "";
    if (entries[at + 1]?.direction === "=") break;
    exchanges.push({ where, line: sent.text.slice(0, -2), answer });
  }
  return exchanges;
}

/** The bytes that a transcript's text stands for. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** One HTTP request to the API and its answer, with what then reached the SMSC. */
export interface RecordedRequest {
  readonly where: string;
  /** Head and body, one character a byte. */
  readonly request: string;
  readonly answer: string;
  /** PDUs that came to the SMSC before the next request. */
  readonly submissions: number;
}

/** All HTTP requests in the transcripts whose answer is complete. */
export function recordedRequests(): readonly RecordedRequest[] {
  const requests: RecordedRequest[] = [];
  for (const { name } of Deno.readDirSync(FOLDER)) {
    const entries = read(name);
    entries.forEach((entry, at) => {
      if (entry.session !== "http" || entry.direction !== ">") return;
      const next = entries.findIndex((each, index) =>
        index > at && each.session === "http" && each.direction === ">"
      );
      const after = entries.slice(at + 1, next < 0 ? undefined : next);
      requests.push({
        where: name,
        request: entry.text,
        answer: after.filter(({ session, direction }) => session === "http" && direction === "<")
          .map(({ text }) => text).join(""),
        submissions: after.filter(({ session }) => session === "smsc").length,
      });
    });
  }
  return requests;
}

/**
 * Server-Sent Events, read as the standard says. Libraries for it drop an id that comes without
 * data, by which the service moves the position of a client that saw nothing for long.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * @module
 */

/** What a block of the stream said. */
export interface StreamEvent {
  readonly type: string;
  /** Undefined: the block had no data and dispatches nothing, it only moves `lastEventId`. */
  readonly data: string | undefined;
  /** The last id of the stream so far; empty before the first. */
  readonly lastEventId: string;
  /** The wait before a new connection that the block asks for, in milliseconds. */
  readonly retryMs: number | undefined;
}

/** Reads events out of a body; ends with it. */
export async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<StreamEvent> {
  let rest = "";
  let lastEventId = "";
  let block: string[] = [];
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    rest += chunk;
    while (true) {
      // A CR at the end may be the first half of a line end.
      const end = /\r\n|\n|\r(?!$)/.exec(rest);
      if (end === null) break;
      const line = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      if (line !== "") {
        block.push(line);
        continue;
      }
      const event = interpret(block, lastEventId);
      lastEventId = event.lastEventId;
      block = [];
      yield event;
    }
  }
}

function interpret(lines: readonly string[], before: string): StreamEvent {
  let type = "message";
  let lastEventId = before;
  let retryMs: number | undefined;
  const data: string[] = [];
  for (const line of lines) {
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") type = value;
    if (field === "data") data.push(value);
    if (field === "id" && !value.includes("\0")) lastEventId = value;
    if (field === "retry" && /^\d+$/.test(value)) retryMs = Number(value);
  }
  return { type, lastEventId, retryMs, data: data.length === 0 ? undefined : data.join("\n") };
}

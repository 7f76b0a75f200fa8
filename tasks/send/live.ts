/**
 * The service's live events, through cuts: each new connection goes on from the last event.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import type { ApiClient } from "./api_client.ts";
import { readEvents } from "./event_stream.ts";
import { Problem, problemOf } from "./problem.ts";

/** Something that the stream told. */
export interface LiveEvent {
  /**
   * A channel's name, `snapshot`, `gap` when events were missed for good, or `heartbeat` when
   * nothing was told for 15 s.
   */
  readonly type: string;
  readonly data: string;
}

/** The service sends a heartbeat each 15 s; a connection that is silent for longer is dead. */
const SILENT_MS = 40_000;
const FIRST_RETRY_MS = 1_000;

/** Whether the answer can't become another by trying again. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** A body that fails when nothing came for so long. */
function watched(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  silentMs: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = (controller: TransformStreamDefaultController) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.error(new Error("The stream is silent")), silentMs);
  };
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      start: again,
      transform(chunk, controller) {
        again(controller);
        controller.enqueue(chunk);
      },
      flush: () => clearTimeout(timer),
      cancel: () => clearTimeout(timer),
    }),
  );
}

/**
 * Events of the channels until the signal, whose reason it then throws.
 * @throws {Problem} when the service refuses for good
 */
export async function* liveEvents(
  client: ApiClient,
  channels: string,
  { signal, silentMs = SILENT_MS, onCut }: {
    readonly signal: AbortSignal;
    /** @default 40_000 */
    readonly silentMs?: number;
    /** Told each time that the connection is lost. */
    readonly onCut?: () => void;
  },
): AsyncGenerator<LiveEvent> {
  let position = "";
  let retryMs = FIRST_RETRY_MS;
  while (true) {
    try {
      const response = await client.open(`/events?channels=${encodeURIComponent(channels)}`, {
        headers: {
          accept: "text/event-stream",
          ...(position === "" ? {} : { "last-event-id": position }),
        },
        signal,
      });
      if (!response.ok || response.body === null) {
        const problem = await problemOf(response);
        if (isFinal(response.status)) throw problem;
      } else {
        for await (const event of readEvents(watched(response.body, silentMs))) {
          retryMs = event.retryMs ?? retryMs;
          if (event.lastEventId !== "") position = event.lastEventId;
          if (event.data !== undefined) yield { type: event.type, data: event.data };
          else if (event.retryMs === undefined) yield { type: "heartbeat", data: "" };
        }
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
      signal.throwIfAborted();
    }
    onCut?.();
    await pause(retryMs, undefined, { signal });
  }
}

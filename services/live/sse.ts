/**
 * A client over Server-Sent Events.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */
import { type Outgoing, sseRetry } from "./outgoing.ts";
import type { EndReason, Sink } from "./sink.ts";
import type { Subscription } from "./subscription.ts";

/** How long a cut client waits before it connects again, in milliseconds. */
const RETRY = sseRetry(2_000);

// Nothing is kept in the stream: it asks when the connection takes more, and then once.
const NO_BUFFER = { highWaterMark: 0 };

/**
 * The source of a response's body and the sink of a subscription in one object, for there are
 * thousands of them. Not a byte stream: that would take the shared chunks from under the others.
 */
export class SseClient implements Sink, UnderlyingDefaultSource<Uint8Array> {
  readonly polled = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #subscription: Subscription | undefined;
  #ready = false;

  get ready(): boolean {
    return this.#ready;
  }

  /** The body of the response to this client. */
  body(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(this, NO_BUFFER);
  }

  /** Takes the subscription that this client is the sink of. */
  attach(subscription: Subscription): void {
    this.#subscription = subscription;
    if (this.#ready) subscription.serve();
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    controller.enqueue(RETRY);
  }

  pull(): void {
    this.#ready = true;
    this.#subscription?.serve();
  }

  cancel(): void {
    this.#controller = undefined;
    this.#ready = false;
    this.#subscription?.leave();
  }

  write(outgoing: Outgoing): void {
    this.#ready = false;
    this.#controller?.enqueue(outgoing.sse());
  }

  /** Ends the response; a browser connects again and goes on from its last event. */
  close(_reason: EndReason): void {
    const controller = this.#controller;
    this.#controller = undefined;
    this.#ready = false;
    controller?.close();
  }
}

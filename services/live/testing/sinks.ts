/**
 * A connection that takes as much as a test wants it to.
 * @module
 */
import type { EndReason, Outgoing, Sink, Subscription } from "../mod.ts";

/** Keeps the WebSocket form of what it was sent. */
export class TestSink implements Sink {
  readonly polled = false;
  readonly messages: Record<string, unknown>[] = [];
  /** The largest single write, in bytes of an event stream. */
  largestWrite = 0;
  ended: EndReason | undefined;
  /** How many more writes it takes. */
  #room: number;
  #subscription: Subscription | undefined;

  constructor(room = Infinity) {
    this.#room = room;
  }

  get ready(): boolean {
    return this.#room > 0 && this.ended === undefined;
  }

  attach(subscription: Subscription): this {
    this.#subscription = subscription;
    subscription.serve();
    return this;
  }

  /** Makes room for more writes. */
  take(writes: number): void {
    this.#room = writes;
    this.#subscription?.serve();
  }

  write(outgoing: Outgoing): void {
    this.#room -= 1;
    this.largestWrite = Math.max(this.largestWrite, outgoing.sse().length);
    for (const text of outgoing.ws()) this.messages.push(JSON.parse(text));
  }

  close(reason: EndReason): void {
    this.ended = reason;
  }

  /** The values of a field of the events' data. */
  told(channel: string, field = "n"): unknown[] {
    return this.messages.filter((each) => each["channel"] === channel)
      .map((each) => (each["data"] as Record<string, unknown>)[field]); // as the tests publish it
  }

  types(): unknown[] {
    return this.messages.map((each) => each["type"]);
  }
}

/** Waits until the condition holds, looking at it each turn of the event loop. */
export async function until(condition: () => boolean, ms = 15_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("It never came");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/**
 * A client of an event stream that can be cut at any moment, as a browser's EventSource behaves:
 * only an event that has ended counts, and its id is what the next connection goes on from.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 * @module
 */

/** One event as a page would get it. */
export interface ReceivedEvent {
  readonly name: string;
  readonly data: string;
  readonly id: string;
}

/** Connects when told; keeps the last event id over connections. */
export class EventSourceClient {
  readonly events: ReceivedEvent[] = [];
  readonly comments: string[] = [];
  lastEventId = "";
  retry: number | undefined;
  readonly #connect: (lastEventId: string, signal: AbortSignal) => Promise<Response>;
  #changed = Promise.withResolvers<void>();
  #connection: { readonly control: AbortController; readonly done: Promise<void> } | undefined;

  constructor(connect: (lastEventId: string, signal: AbortSignal) => Promise<Response>) {
    this.#connect = connect;
  }

  /** Connects; resolves when the connection has ended, by whichever side. */
  run(): Promise<void> {
    const control = new AbortController();
    const done = this.#run(control.signal);
    this.#connection = { control, done };
    return done;
  }

  /** Cuts the connection in the middle of whatever it carries. */
  async cut(): Promise<void> {
    this.#connection?.control.abort();
    await this.#connection?.done;
  }

  /** Waits until the condition holds; it is looked at after each event or comment. */
  async until(condition: () => boolean, ms = 20_000): Promise<void> {
    const deadline = performance.now() + ms;
    while (!condition()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`It never came; got ${this.events.length} events`);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, left));
      await Promise.race([this.#changed.promise, late]);
      clearTimeout(timer);
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      const response = await this.#connect(this.lastEventId, signal);
      if (!response.ok || !response.body) throw new Error(`Status ${response.status}`);
      const decoder = new TextDecoder();
      let buffer = "";
      for await (const chunk of response.body) {
        buffer += decoder.decode(chunk, { stream: true });
        for (let end = buffer.indexOf("\n\n"); end >= 0; end = buffer.indexOf("\n\n")) {
          this.#interpret(buffer.slice(0, end));
          buffer = buffer.slice(end + 2);
          if (signal.aborted) return;
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #interpret(block: string): void {
    let name = "message";
    const data: string[] = [];
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      const field = line.slice(0, colon);
      const value = line.slice(colon + 1).replace(/^ /, "");
      if (field === "") this.comments.push(value);
      else if (field === "event") name = value;
      else if (field === "data") data.push(value);
      else if (field === "id") this.lastEventId = value;
      else if (field === "retry") this.retry = Number(value);
    }
    if (data.length > 0) {
      this.events.push({ name, data: data.join("\n"), id: this.lastEventId });
    }
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

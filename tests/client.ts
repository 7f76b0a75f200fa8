/**
 * A client of the API for tests: signs in, asks, follows the live channels.
 * @module
 */
import { EventSourceClient } from "../services/live/testing/event_source.ts";
import type { MtState } from "../services/messages/mod.ts";

// Answers are checked by the tests' assertions, field by field.
// deno-lint-ignore no-explicit-any
type Body = any;

/** Data of `messages.transition`. */
export interface LiveTransition {
  readonly id: string;
  readonly account_id: string;
  readonly state: MtState;
  readonly previous_state: MtState | null;
}

/** What a live channel tells. */
export interface LiveMessage {
  readonly type: string;
  readonly data: Body;
}

/** What came back, the body read as JSON; null when there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A request beyond its method and path. */
export interface Ask {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks as nobody. */
export async function ask(
  url: string,
  method: string,
  path: string,
  how: Ask = {},
): Promise<Answer> {
  const { body, headers } = how;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /^application\/(\w+\+)?json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? null : isJson ? JSON.parse(text) : text,
  };
}

/** A user who is signed in. */
export class ApiClient {
  readonly url: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly #sources: EventSourceClient[] = [];
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  #following: Promise<void> | undefined;

  /** @param tokens as signing in gave them */
  constructor(
    url: string,
    tokens: { readonly access_token: string; readonly refresh_token: string },
  ) {
    this.url = url;
    this.token = tokens.access_token;
    this.refreshToken = tokens.refresh_token;
  }

  /** Signs in; fails with the answer when it is refused. */
  static async signIn(url: string, email: string, password: string): Promise<ApiClient> {
    const { status, body } = await ask(url, "POST", "/api/v1/auth/login", {
      body: { email, password },
    });
    if (status !== 200) throw new Error(`Sign-in answered ${JSON.stringify(body)}`);
    return new ApiClient(url, body);
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  ask(method: string, path: string, how: Ask = {}): Promise<Answer> {
    return ask(this.url, method, path, { ...how, headers: { ...this.headers, ...how.headers } });
  }

  /** The JSON at a path, whatever the status. */
  async get(path: string): Promise<Body> {
    return (await this.ask("GET", path)).body;
  }

  /** Posts JSON; answers with status and body. */
  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask("POST", path, { body, headers });
  }

  /** An event stream that connects when `run` is called, and goes on from its last event. */
  events(channels: string, url = this.url): EventSourceClient {
    const source = new EventSourceClient((lastEventId, signal) =>
      fetch(`${url}/events?channels=${channels}`, {
        headers: {
          ...this.headers,
          ...(lastEventId === "" ? {} : { "last-event-id": lastEventId }),
        },
        signal,
      })
    );
    this.#sources.push(source);
    return source;
  }

  /** Calls back for each event of the channels until `close`; returns once the stream is open. */
  async follow(channels: string, listener: (message: LiveMessage) => void): Promise<void> {
    const response = await fetch(`${this.url}/events?channels=${channels}`, {
      headers: this.headers,
    });
    if (response.status !== 200 || response.body === null) {
      throw new Error(`/events answered ${response.status}: ${await response.text()}`);
    }
    const reader = response.body.getReader();
    this.#readers.push(reader);
    const decoder = new TextDecoder();
    this.#following = (async () => {
      let rest = "";
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const events = (rest + decoder.decode(read.value, { stream: true })).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data !== undefined && !/^event: (snapshot|gap)$/m.test(event)) {
            listener(JSON.parse(data));
          }
        }
      }
    })();
  }

  /** Cuts what it follows. */
  async close(): Promise<void> {
    await Promise.all(this.#sources.map((source) => source.cut()));
    for (const reader of this.#readers) await reader.cancel();
    await this.#following;
  }
}

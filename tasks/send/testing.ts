/**
 * A service to follow messages on: its API and live events, with cuts, gaps and refusals on demand.
 * The real one is followed by the tests of the corridor.
 * @module
 */

const EPOCH = "epoch";

interface Life {
  readonly state: string;
  readonly at: string;
}

/** The answer to one request, in place of the service's own. */
export type Refusal = (request: Request) => Response | undefined;

/** A problem document. */
export function problem(status: number, body: Record<string, unknown>): Response {
  return Response.json({ title: "Refused", status, ...body }, {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** One service with at most one message. */
export class TestService {
  readonly url: string;
  readonly id = crypto.randomUUID();
  /** What came in, such as `POST /api/v1/auth/login`. */
  readonly requests: string[] = [];
  readonly lastEventIds: (string | null)[] = [];
  readonly idempotencyKeys = new Set<string | null>();
  /** Seconds that a token lives. */
  expiresIn = 900;
  refuse: Refusal = () => undefined;
  /** Called when the message is taken. */
  onSend: () => void = () => {};
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #events: { readonly number: number; readonly text: string }[] = [];
  readonly #clients = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #life: Life[] = [];
  #token = 0;
  #floor = 0;
  #number = 0;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The message comes to a state; `told` false: no live event says so. */
  move(state: string, { told = true, afterMs = 0 } = {}): void {
    const born = Date.parse(this.#life[0]?.at ?? new Date().toISOString());
    const step = { state, at: new Date(born + afterMs).toISOString() };
    this.#life.push(step);
    if (told) this.publish("messages", this.#transition(step));
  }

  /** Tells something live, to who is there and to who resumes from before it. */
  publish(type: string, data: unknown): void {
    this.#number += 1;
    const text = `id: ${EPOCH}:${this.#number}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#events.push({ number: this.#number, text });
    for (const client of this.#clients) client.enqueue(new TextEncoder().encode(text));
  }

  /** Nothing was told for long. */
  beat(): void {
    const text = `: heartbeat\nid: ${EPOCH}:${this.#number}\n\n`;
    for (const client of this.#clients) client.enqueue(new TextEncoder().encode(text));
  }

  /** Cuts every live connection; with `forget` something is told meanwhile and trimmed again. */
  cut({ forget = false } = {}): void {
    if (forget) this.#floor = ++this.#number;
    for (const client of this.#clients) client.close();
    this.#clients.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await this.#server.shutdown();
  }

  #transition({ state, at }: Life): unknown {
    return {
      type: "messages.transition",
      data: { id: this.id, state, at, connector: state === "sent" ? "op_1" : null, reason: null },
    };
  }

  #answer(request: Request): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    this.requests.push(`${request.method} ${pathname}`);
    const refused = this.refuse(request);
    if (refused !== undefined) return refused;
    if (pathname.startsWith("/api/v1/auth/")) return this.#tokens();
    if (request.headers.get("authorization") !== `Bearer access-${this.#token}`) {
      return problem(401, { detail: "The access token has expired" });
    }
    if (pathname === "/events") return this.#subscribe(request.headers.get("last-event-id"));
    if (pathname === "/api/v1/messages/send") {
      this.idempotencyKeys.add(request.headers.get("idempotency-key"));
      if (this.#life.length === 0) this.move("queued", { told: false });
      this.onSend();
      return Response.json(this.#message(), { status: 202 });
    }
    return Response.json({ ...this.#message(), transitions: this.#life });
  }

  #tokens(): Response {
    this.#token += 1;
    return Response.json({
      access_token: `access-${this.#token}`,
      refresh_token: `refresh-${this.#token}`,
      token_type: "Bearer",
      expires_in: this.expiresIn,
    });
  }

  #subscribe(lastEventId: string | null): Response {
    this.lastEventIds.push(lastEventId);
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        const put = (text: string) => controller.enqueue(new TextEncoder().encode(text));
        put("retry: 10\n\n");
        const position = Number(lastEventId?.split(":")[1] ?? -1);
        if (position >= this.#floor) {
          for (const { number, text } of this.#events) if (number > position) put(text);
        } else {
          if (lastEventId !== null) put('event: gap\ndata: {"reason":"position"}\n\n');
          put(`id: ${EPOCH}:${this.#number}\nevent: snapshot\ndata: {"messages":[]}\n\n`);
        }
        this.#clients.add(controller);
      },
      cancel: () => {
        if (own !== undefined) this.#clients.delete(own);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  #message(): Record<string, unknown> {
    const last = this.#life.at(-1);
    const final = ["delivered", "undelivered", "rejected", "expired"].includes(last?.state ?? "");
    return {
      id: this.id,
      to: "+34600000001",
      state: last?.state,
      state_since: last?.at,
      charset: "gsm7",
      parts: 1,
      connector: "op_1",
      reason: last?.state === "undelivered" ? "UNDELIV, error 001" : null,
      created_at: this.#life[0]?.at,
      final_at: final ? last?.at : null,
    };
  }
}

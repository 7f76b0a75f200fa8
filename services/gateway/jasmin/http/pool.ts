/**
 * Bounded keep-alive connections to Jasmin's HTTP API. Jasmin answers from one thread, so more
 * connections than a few dozen only queue there; callers queue here instead, first come first served.
 * @module
 */
import { HttpConnection, HttpFailure } from "./connection.ts";
import { Deadline } from "./deadline.ts";
import { encodeRequest, type HttpRequest, type HttpResponse } from "./message.ts";

export interface HttpPoolOptions {
  readonly hostname: string;
  /** Jasmin's default is 1401. */
  readonly port: number;
  /** @default 16 */
  readonly maxConnections?: number;
  /** @default 3_000 */
  readonly connectDeadlineMs?: number;
  /** An idle connection is closed after so many milliseconds; Jasmin closes it at 60_000. @default 15_000 */
  readonly idleMs?: number;
}

export interface RequestOptions {
  /** Milliseconds for everything, the wait for a connection included. @default 15_000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** Requests to one host. */
export class HttpPool {
  readonly #host: string;
  readonly #max: number;
  readonly #idleMs: number;
  readonly #connectDeadlineMs: number;
  readonly #idle: HttpConnection[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #all = new Set<HttpConnection>();
  #taken = 0;
  #closed = false;

  constructor(readonly options: HttpPoolOptions) {
    const { hostname, port } = options;
    this.#host = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
    this.#max = options.maxConnections ?? 16;
    this.#idleMs = options.idleMs ?? 15_000;
    this.#connectDeadlineMs = options.connectDeadlineMs ?? 3_000;
  }

  /** Requests under way, and requests that wait for a connection. */
  get load(): { readonly active: number; readonly waiting: number } {
    return { active: this.#taken, waiting: this.#waiting.size };
  }

  /** @throws {HttpFailure} when there is no answer: see its `phase` and `bytesLeft` */
  async request(request: HttpRequest, options: RequestOptions = {}): Promise<HttpResponse> {
    const bytes = encodeRequest(this.#host, request);
    using deadline = new Deadline(options.deadlineMs ?? 15_000, options.signal);
    const { signal } = deadline;
    await this.#slot(signal);
    try {
      const reused = this.#takeIdle();
      if (reused !== null) {
        try {
          return await this.#use(reused, bytes, signal);
        } catch (error) {
          // It died while it was idle and took nothing: a new one may still do.
          if (!(error instanceof HttpFailure) || error.bytesLeft || signal.aborted) throw error;
        }
      }
      return await this.#use(await this.#open(signal), bytes, signal);
    } finally {
      this.#release();
    }
  }

  /** Closes all connections; requests under way fail. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#all) connection.close();
    for (const wake of this.#waiting) wake();
  }

  async #use(
    connection: HttpConnection,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const answer = await connection.request(bytes, signal);
    if (connection.isOpen && !this.#closed) this.#idle.push(connection);
    return answer;
  }

  async #open(signal: AbortSignal): Promise<HttpConnection> {
    const { hostname, port } = this.options;
    using connecting = new Deadline(this.#connectDeadlineMs, signal);
    let connection: HttpConnection;
    try {
      connection = await HttpConnection.open(hostname, port, connecting.signal, () => {
        this.#all.delete(connection);
      });
    } catch (error) {
      // Cut short by the caller's own deadline: that says nothing of the host.
      if (signal.aborted) throw unsent(NO_CONNECTION, signal.reason);
      throw error;
    }
    this.#all.add(connection);
    if (!this.#closed) return connection;
    connection.close();
    throw unsent(CLOSED, undefined);
  }

  /** The connection used last, so that those beyond the need grow old and are closed. */
  #takeIdle(): HttpConnection | null {
    const oldest = performance.now() - this.#idleMs;
    while (this.#idle[0] !== undefined && this.#idle[0].usedAt < oldest) {
      this.#idle.shift()?.close();
    }
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined) return null;
      if (connection.isOpen) return connection;
    }
  }

  async #slot(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw unsent("Given up before anything was sent", signal.reason);
    if (this.#taken >= this.#max) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
      await promise;
      // Whoever released the slot has counted it for us already, unless we gave up first.
      if (this.#waiting.delete(resolve)) {
        throw unsent(NO_CONNECTION, signal.reason);
      }
    } else {
      this.#taken++;
    }
    if (this.#closed || signal.aborted) {
      this.#release();
      throw unsent(this.#closed ? CLOSED : NO_CONNECTION, signal.reason);
    }
  }

  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken--;
      return;
    }
    // The slot goes from hand to hand, so nobody can take it in between.
    this.#waiting.delete(next);
    next();
  }
}

const CLOSED = "The pool of connections is closed";
const NO_CONNECTION = "No connection was free in time";

function unsent(message: string, cause: unknown): HttpFailure {
  return new HttpFailure(message, "waiting", false, { cause });
}

/**
 * One keep-alive connection to Jasmin's HTTP API. `fetch` would do, but it can't tell whether a
 * byte of a request has left: with it, a host that swallows connection attempts would make every
 * queued message uncertain, where in truth nothing was ever sent.
 * @module
 */
import { type HttpResponse, ResponseReader } from "./message.ts";

/** How far a request came before it failed. */
export type Phase = "waiting" | "connecting" | "sending" | "answering";

/** A request that has no answer. `bytesLeft`: whether the gateway may have seen any of it. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";

  constructor(
    message: string,
    readonly phase: Phase,
    readonly bytesLeft: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A connection that carries one request at a time. */
export class HttpConnection {
  /** Milliseconds of `performance.now()` when it was last used. */
  usedAt = performance.now();
  #pending: { reader: ResponseReader; settle: PromiseWithResolvers<HttpResponse> } | null = null;
  #closed = false;

  private constructor(readonly conn: Deno.TcpConn, readonly onClosed: () => void) {
    this.#read();
  }

  /** @throws {HttpFailure} of phase `connecting`: nothing was sent */
  static async open(
    hostname: string,
    port: number,
    signal: AbortSignal,
    onClosed: () => void,
  ): Promise<HttpConnection> {
    try {
      const conn = await Deno.connect({ hostname, port, signal });
      conn.setNoDelay(true);
      return new HttpConnection(conn, onClosed);
    } catch (cause) {
      const why = cause instanceof Deno.errors.ConnectionRefused
        ? "refuses connections"
        : signal.aborted
        ? "took no connection in time"
        : "can't be reached";
      throw new HttpFailure(`${hostname}:${port} ${why}`, "connecting", false, { cause });
    }
  }

  /** False once the other side or we have closed it. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /**
   * Sends a request and waits for its answer. Any failure closes the connection.
   * @throws {HttpFailure}
   */
  async request(bytes: Uint8Array, signal: AbortSignal): Promise<HttpResponse> {
    if (this.#closed) throw new HttpFailure("The connection is closed", "sending", false);
    const settle = Promise.withResolvers<HttpResponse>();
    this.#pending = { reader: new ResponseReader(), settle };
    // Observed below in every case; this keeps an early failure from counting as unhandled.
    settle.promise.catch(() => {});
    let left = 0;
    const abort = () => {
      const phase = left < bytes.length ? "sending" : "answering";
      this.#fail(new HttpFailure("No answer in time", phase, left > 0, { cause: signal.reason }));
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      if (signal.aborted) abort();
      while (left < bytes.length && !this.#closed) {
        left += await this.#write(bytes.subarray(left), left);
      }
      return await settle.promise;
    } finally {
      signal.removeEventListener("abort", abort);
      this.#pending = null;
      this.usedAt = performance.now();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.conn.close();
    this.onClosed();
  }

  async #write(bytes: Uint8Array, before: number): Promise<number> {
    try {
      return await this.conn.write(bytes);
    } catch (cause) {
      this.#fail(new HttpFailure("The connection broke", "sending", before > 0, { cause }));
      return 0;
    }
  }

  async #read(): Promise<void> {
    const chunk = new Uint8Array(16 * 1024);
    try {
      for (;;) {
        const count = await this.conn.read(chunk);
        const pending = this.#pending;
        // Bytes that no request asked for, and the end of an idle connection: it is of no more use.
        if (pending === null) return this.close();
        const answer = count === null
          ? pending.reader.end()
          : pending.reader.push(chunk.subarray(0, count));
        if (answer !== null) {
          if (!answer.reusable) this.close();
          this.#pending = null;
          pending.settle.resolve(answer);
        }
        if (count === null) {
          return this.#fail(
            new HttpFailure("The gateway closed the connection", "answering", true),
          );
        }
      }
    } catch (cause) {
      this.#fail(new HttpFailure("The connection broke", "answering", true, { cause }));
    }
  }

  #fail(failure: HttpFailure): void {
    this.#pending?.settle.reject(failure);
    this.#pending = null;
    this.close();
  }
}

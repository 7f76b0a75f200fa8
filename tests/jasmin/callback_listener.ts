/** An HTTP listener that keeps each request's bytes as they came. */

import { toBytes } from "./raw_session.ts";
import type { HookStep } from "./script.ts";

const ANSWERS: Readonly<Record<Exclude<HookStep["hook"], "slow">, string>> = {
  "ack": "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nACK/Jasmin",
  "no ack": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK",
  "404": "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\nConnection: close\r\n\r\nACK/Jasmin",
  "500": "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
};

/** Longest wait for a callback: Jasmin looks a receipt up twice and retries three times. */
const CALLBACK_MS = 40_000;

/** Listens on a free port and answers as it is told. */
export class CallbackListener {
  /** How the next callbacks are answered; `slow` never answers. */
  behaviour: HookStep["hook"] = "ack";
  readonly #heard: [string, string][] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.TcpConn>();
  #wake: () => void = () => {};

  constructor() {
    this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #accept(): Promise<void> {
    for await (const connection of this.#listener) {
      this.#connections.add(connection);
      this.#serve(connection).catch(() => {}).finally(() => this.#connections.delete(connection));
    }
  }

  async #serve(connection: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    let request = "";
    for (;;) {
      const count = await connection.read(buffer);
      if (count === null) return;
      request += Array.from(buffer.subarray(0, count), (byte) => String.fromCharCode(byte)).join(
        "",
      );
      const end = request.indexOf("\r\n\r\n");
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(request)?.[1] ?? 0);
      if (end === -1 || request.length < end + 4 + length) continue;
      const answer = this.behaviour === "slow" ? "" : ANSWERS[this.behaviour];
      this.#heard.push([request, answer]);
      this.#wake();
      if (answer === "") {
        while (await connection.read(buffer) !== null) { /* until the gateway gives up */ }
        return;
      }
      await connection.write(toBytes(answer));
      connection.close();
      return;
    }
  }

  /** Waits for so many requests and returns each with our answer, in the order they came. */
  async take(count: number): Promise<readonly (readonly [string, string])[]> {
    const deadline = Date.now() + CALLBACK_MS;
    while (this.#heard.length < count) {
      if (Date.now() > deadline) {
        throw new Error(`Waited for ${count} callbacks, got ${JSON.stringify(this.#heard)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#heard.splice(0, count);
  }

  /** Stops listening and drops the connections that wait. */
  stop(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) connection.close();
    return Promise.resolve();
  }
}

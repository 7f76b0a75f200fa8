/**
 * A wire that counts: passes TCP on, and knows how many bytes each client has said.
 * @module
 */

/** One client's connection. */
export interface Passage {
  /** Bytes from the client. */
  readonly said: number;
}

export class Wire {
  readonly passages: Passage[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #target: number;
  readonly #open = new Set<Deno.Conn>();

  /** @param target the port, of this machine, that it leads to */
  constructor(target: number) {
    this.#target = target;
    void this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  close(): void {
    this.#listener.close();
    for (const conn of this.#open) conn.close();
    this.#open.clear();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) void this.#pass(client);
  }

  async #pass(client: Deno.Conn): Promise<void> {
    const passage = { said: 0 };
    this.passages.push(passage);
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
      this.#open.add(client).add(server);
      const counting = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          passage.said += chunk.length;
          controller.enqueue(new Uint8Array(chunk));
        },
      });
      await Promise.allSettled([
        client.readable.pipeThrough(counting).pipeTo(server.writable),
        server.readable.pipeTo(client.writable),
      ]);
      this.#open.delete(client);
      this.#open.delete(server);
    } catch {
      client.close();
    }
  }
}

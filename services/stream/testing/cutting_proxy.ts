/**
 * A TCP proxy that cuts connections at the worst moment: when the request has reached the server and
 * its answer has not reached the client.
 * @module
 */

/** Where to connect, and when to cut. */
export interface CuttingProxy {
  readonly port: number;
  /** Drops what the server says next and cuts the connection that it says it on. */
  cutNextAnswer(): void;
  /** How many answers were cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and forwards to the server. */
export function startCuttingProxy(server: { hostname: string; port: number }): CuttingProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let armed = false;
  let cuts = 0;

  async function forward(from: Deno.Conn, to: Deno.Conn, isAnswer: boolean): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      for (let size = await from.read(buffer); size !== null; size = await from.read(buffer)) {
        if (isAnswer && armed) {
          armed = false;
          cuts += 1;
          break;
        }
        for (let sent = 0; sent < size;) sent += await to.write(buffer.subarray(sent, size));
      }
    } catch {
      // One side was cut; the other follows.
    } finally {
      for (const side of [from, to]) {
        if (open.delete(side)) side.close();
      }
    }
  }

  async function accept(): Promise<void> {
    const running: Promise<void>[] = [];
    for await (const client of listener) {
      open.add(client);
      const upstream = await Deno.connect(server);
      open.add(upstream);
      running.push(forward(client, upstream, false), forward(upstream, client, true));
    }
    await Promise.all(running);
  }

  const accepting = accept();
  return {
    port: listener.addr.port,
    cutNextAnswer: () => armed = true,
    get cuts() {
      return cuts;
    },
    async close() {
      listener.close();
      for (const connection of open) connection.close();
      open.clear();
      await accepting;
    },
  };
}

/** The jcli listener, and what can go wrong with it. */
import { createServer, type Server, type Socket } from "node:net";
import type { Gateway } from "../gateway/gateway.ts";
import { SessionCrash } from "./line_editor.ts";
import { JcliSession } from "./session.ts";
import { GREETING, TelnetDecoder, TelnetError } from "./telnet.ts";

/**
 * - `half-open`: bytes are swallowed, nothing is said
 * - `drop-before`: the connection ends at the next line end, which is not obeyed
 * - `drop-after`: the connection ends at the next line end, which is obeyed and not answered
 */
export type JcliFault = "none" | "half-open" | "drop-before" | "drop-after";

export class JcliServer {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #fault: JcliFault = "none";
  #drops = 0;
  port = 0;

  constructor(private readonly host: string, private readonly gateway: () => Gateway) {}

  /** Listens; 0 is a free port. @throws {Error} when the port is taken */
  listen(port: number): Promise<void> {
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, this.host, () => {
        const address = server.address();
        if (typeof address === "object" && address !== null) this.port = address.port;
        resolve();
      });
    });
  }

  /** Refuses connections and ends those there are. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.dropAll();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Connections there are. */
  get connections(): number {
    return this.#sockets.size;
  }

  dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Sets the fault; the dropping ones happen so many times. */
  setFault(fault: JcliFault, times = 1): void {
    this.#fault = fault;
    this.#drops = times;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    let pending: Uint8Array[] = [];
    let muted = false;
    const flush = (): void => {
      const chunks = pending;
      pending = [];
      if (chunks.length > 0 && !muted && this.#fault !== "half-open") {
        socket.write(concat(chunks));
      }
    };
    const session = new JcliSession(this.gateway(), {
      write: (text) => {
        if (pending.length === 0) queueMicrotask(flush);
        pending.push(wire(text));
      },
      close: () => {
        flush();
        socket.end();
      },
      crash: () => socket.destroy(),
    });
    pending.unshift(Uint8Array.from(GREETING));
    const telnet = new TelnetDecoder({
      byte: (byte) => {
        if (byte === 0x0a || byte === 0x0d) {
          if (this.#takeDrop("drop-before")) throw new SessionCrash("dropped");
          if (this.#takeDrop("drop-after")) {
            muted = true;
            session.feed(byte);
            throw new SessionCrash("dropped");
          }
        }
        session.feed(byte);
      },
      reply: (bytes) => {
        if (pending.length === 0) queueMicrotask(flush);
        pending.push(Uint8Array.from(bytes));
      },
      windowSize: () => session.windowSize(),
    });
    socket.on("data", (data) => {
      if (this.#fault === "half-open") return;
      try {
        telnet.feed(data);
      } catch (error) {
        if (!(error instanceof SessionCrash) && !(error instanceof TelnetError)) throw error;
        pending = [];
        socket.destroy();
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  #takeDrop(fault: JcliFault): boolean {
    if (this.#fault !== fault || this.#drops <= 0) return false;
    if (--this.#drops === 0) this.#fault = "none";
    return true;
  }
}

const encoder = new TextEncoder();

/** Each line end becomes `\r\r\r\n` on its way through three layers of the gateway. */
function wire(text: string): Uint8Array {
  return encoder.encode(text.replaceAll("\n", "\r\r\r\n"));
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

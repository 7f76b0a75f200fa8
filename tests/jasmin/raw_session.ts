/** A bare TCP connection that keeps what it hears until it is asked for. */

/** Text of one character per byte. (TextDecoder's "latin1" is windows-1252 and is not lossless.) */
export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function toText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** A connection; all text has one character per byte. */
export class RawSession {
  readonly #connection: Deno.TcpConn;
  readonly #reading: Promise<void>;
  #heard = "";
  #heardAt = Date.now();
  #isClosed = false;
  #wake: () => void = () => {};

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
    this.#reading = this.#read();
  }

  /** Connects to a port of this machine. */
  static async connect(port: number): Promise<RawSession> {
    return new RawSession(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      for (;;) {
        const count = await this.#connection.read(buffer);
        if (count === null) break;
        this.#heard += toText(buffer.subarray(0, count));
        this.#heardAt = Date.now();
        this.#wake();
      }
    } catch {
      // A reset is the end of the session too.
    }
    this.#isClosed = true;
    this.#wake();
  }

  /** What was heard and not yet taken. */
  get heard(): string {
    return this.#heard;
  }

  /** The other side closed the connection, or it broke. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Milliseconds since the last byte came. */
  get silence(): number {
    return Date.now() - this.#heardAt;
  }

  /** Sends bytes. Errors are left to the reader: a gateway that drops us is a result, not a fault. */
  async send(text: string): Promise<void> {
    this.#heardAt = Date.now();
    let bytes = toBytes(text);
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#connection.write(bytes));
    } catch {
      this.#isClosed = true;
    }
  }

  /** Waits until the condition holds; it is asked after each arrival and every 10 ms. */
  async until(condition: () => boolean, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (!condition()) {
      if (Date.now() > deadline) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 10);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  /** Returns what was heard and forgets it. */
  take(): string {
    const heard = this.#heard;
    this.#heard = "";
    return heard;
  }

  /** Closes our side. */
  async close(): Promise<void> {
    try {
      this.#connection.close();
    } catch {
      // It is closed already.
    }
    await this.#reading;
  }
}

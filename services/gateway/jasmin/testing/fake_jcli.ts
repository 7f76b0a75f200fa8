/**
 * A TCP server that opens like jcli and then does what a test says: for the faults that the real
 * one can't be brought to.
 * @module
 */

const OPENING = '\xff\xfd"\xff\xfd\x1f\xff\xfd\x03\xff\xfb\x01\x1bc\x1b[4h';
const WINDOW_SIZE = "\xff\xfa\x1f\x00P\x00\x18\xff\xf0";

/**
 * What a line is answered with after its echo: text in which `\n` is a line end and whose last line
 * is the prompt; or null: nothing, not even the echo.
 */
export type Answer = (line: string, connection: FakeConnection) => string | null;

/** One client's connection. */
export interface FakeConnection {
  readonly number: number;
  /** Sends bytes as they are. */
  raw(text: string): Promise<void>;
  close(): void;
}

export interface FakeJcliOptions {
  readonly answer: Answer;
  /** @default "jclipwd" */
  readonly password?: string;
  /** False: the console lets everybody in at once. @default true */
  readonly authentication?: boolean;
  /** Bytes in each write to the client. @default all at once */
  readonly chunk?: number;
}

/** Runs until disposed of. */
export class FakeJcli {
  /** Lines received after the login, of all connections. */
  readonly lines: string[] = [];
  /** Everything received, one character a byte. */
  received = "";
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.Conn>();
  readonly #done: Promise<void>;

  constructor(readonly options: FakeJcliOptions) {
    this.#done = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#connections) {
      this.#connections.delete(conn);
      conn.close();
    }
    await this.#done;
  }

  async #accept(): Promise<void> {
    const served: Promise<void>[] = [];
    let number = 0;
    try {
      for await (const conn of this.#listener) served.push(this.#serve(conn, ++number));
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    await Promise.all(served);
  }

  async #serve(conn: Deno.Conn, number: number): Promise<void> {
    this.#connections.add(conn);
    try {
      await this.#talk(conn, number);
    } catch {
      // The client or the test has closed the connection: that is how each one ends.
    } finally {
      if (this.#connections.delete(conn)) conn.close();
    }
  }

  async #talk(conn: Deno.Conn, number: number): Promise<void> {
    const { answer, authentication = true, password = "jclipwd" } = this.options;
    const welcome = `Welcome to Jasmin 0.11.0 console\nType help or ? to list commands.\n\n` +
      `Session ref: ${number}\n`;
    const connection: FakeConnection = {
      number,
      raw: (text) => this.#send(conn, text),
      close: () => {
        if (this.#connections.delete(conn)) conn.close();
      },
    };
    let state: "username" | "password" | "in" = authentication ? "username" : "in";
    await this.#send(
      conn,
      OPENING + lines(authentication ? "Authentication required.\n\n" : welcome),
    );
    for await (const line of this.#linesOf(conn, () => state === "in" ? "jcli : " : "Username: ")) {
      if (state === "username") {
        state = "password";
        await this.#send(conn, lines(`${line}\nPassword: `));
      } else if (state === "password") {
        state = line === password ? "in" : "username";
        const refused = "\nIncorrect Username/Password.\n\nUsername: ";
        await this.#send(conn, lines(state === "in" ? `\n${welcome}jcli : ` : refused));
      } else {
        this.lines.push(line);
        const text = answer(line, connection);
        if (text !== null) await this.#send(conn, lines(`${line}\n${text}`));
      }
    }
  }

  /** Lines without telnet commands; NAWS is answered with the prompt, as Jasmin does. */
  async *#linesOf(conn: Deno.Conn, prompt: () => string): AsyncGenerator<string> {
    let text = "";
    const chunk = new Uint8Array(4096);
    for (;;) {
      const count = await conn.read(chunk);
      if (count === null) return;
      const received = String.fromCharCode(...chunk.subarray(0, count));
      this.received += received;
      text += received;
      if (text.includes(WINDOW_SIZE)) {
        text = text.replace(WINDOW_SIZE, "");
        await this.#send(conn, prompt());
      }
      // deno-lint-ignore no-control-regex -- telnet commands are control bytes
      text = text.replace(/\xff[\xfb-\xfe][\x00-\xfe]/g, "");
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        yield line;
      }
    }
  }

  async #send(conn: Deno.Conn, text: string): Promise<void> {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const size = this.options.chunk ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) await conn.write(bytes.slice(at, at + size));
  }
}

function lines(text: string): string {
  return text.replaceAll("\n", "\r\r\r\n");
}

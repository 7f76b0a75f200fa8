/**
 * The socket under a jcli session: telnet decoding, one exchange at a time, deadlines, and the
 * guard that is asked before each write.
 * @module
 */
import type { JcliLine } from "./encode.ts";
import {
  JcliClosedError,
  JcliError,
  JcliGuardError,
  JcliProtocolError,
  JcliTimeoutError,
} from "./errors.ts";
import { frame, type Prompt, promptAtEnd, type Reply, withoutCarriageReturns } from "./framing.ts";
import { TelnetDecoder } from "./telnet.ts";

/** Characters of one reply. A table of 100,000 users has 8 million; more is not a reply. */
const MAX_REPLY = 32 * 1024 * 1024;

const ENCODER = new TextEncoder();

/** Counted since the connection was made. */
export interface WireStats {
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly exchanges: number;
  /** Milliseconds from the write to the prompt, of the last exchange; null before the first. */
  readonly lastLatencyMs: number | null;
  readonly maxLatencyMs: number;
}

interface ConnectOptions {
  readonly hostname: string;
  readonly port: number;
  readonly guard: () => boolean;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

interface ExchangeOptions {
  readonly deadlineMs: number;
  /** The characters of the line are not echoed (the password). */
  readonly hidden?: boolean;
  /** The prompt that NAWS draws may still come before the echo. */
  readonly afterGreeting?: boolean;
}

/** Sees the text received so far; true when it has all that it waits for. */
type Taker = (text: string) => boolean;

/** One TCP connection to jcli. The first failure closes it and is the reason given ever after. */
export class JcliWire {
  readonly closed: Promise<JcliError>;
  readonly #resolveClosed: (reason: JcliError) => void;
  readonly #conn: Deno.TcpConn;
  readonly #guard: () => boolean;
  readonly #telnet = new TelnetDecoder();
  #failure: JcliError | null = null;
  #text = "";
  #pending: { take: Taker; done: () => void; failed: (reason: JcliError) => void } | null = null;
  #settled: Promise<unknown> = Promise.resolve();
  #prompt: Prompt | null = null;
  #lastActivity = performance.now();
  #bytesSent = 0;
  #bytesReceived = 0;
  #exchanges = 0;
  #lastLatencyMs: number | null = null;
  #maxLatencyMs = 0;

  private constructor(conn: Deno.TcpConn, guard: () => boolean) {
    const { promise, resolve } = Promise.withResolvers<JcliError>();
    this.closed = promise;
    this.#resolveClosed = resolve;
    this.#conn = conn;
    this.#guard = guard;
    this.#read();
  }

  static async connect(options: ConnectOptions): Promise<JcliWire> {
    const { hostname, port, guard, deadlineMs, signal } = options;
    if (!guard()) throw new JcliGuardError("This process may not write to the gateway now");
    const timeout = AbortSignal.timeout(deadlineMs);
    let conn: Deno.TcpConn;
    try {
      conn = await Deno.connect({
        hostname,
        port,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } catch (cause) {
      signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new JcliTimeoutError(`jcli at ${hostname}:${port} took no connection in time`, {
          cause,
        });
      }
      throw new JcliClosedError(`jcli at ${hostname}:${port} can't be reached`, { cause });
    }
    conn.setNoDelay(true);
    conn.setKeepAlive(true);
    return new JcliWire(conn, guard);
  }

  get isOpen(): boolean {
    return this.#failure === null;
  }

  /** The prompt that the last reply ended with; null before the first. */
  get prompt(): Prompt | null {
    return this.#prompt;
  }

  /** Milliseconds since a byte went either way. */
  get idleMs(): number {
    return performance.now() - this.#lastActivity;
  }

  get stats(): WireStats {
    return {
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
      exchanges: this.#exchanges,
      lastLatencyMs: this.#lastLatencyMs,
      maxLatencyMs: this.#maxLatencyMs,
    };
  }

  /** Closes the socket at once, for `reason`. Everything that waits is told it. */
  fail(reason: JcliError): void {
    if (this.#failure !== null) return;
    this.#failure = reason;
    this.#conn.close();
    const pending = this.#pending;
    this.#pending = null;
    this.#text = "";
    this.#resolveClosed(reason);
    pending?.failed(reason);
  }

  /** Waits for what the server sends by itself. `whole` sees all of it, CR dropped. */
  async greeting(whole: Taker, { deadlineMs }: { deadlineMs: number }): Promise<string> {
    let text = "";
    await this.#await(deadlineMs, "The greeting", false, (received) => {
      if (!whole(received)) return false;
      text = received;
      return true;
    });
    this.#telnet.settle();
    this.#prompt = promptAtEnd(text);
    return text;
  }

  /** Settles when no exchange is under way. Never rejects. */
  async settled(): Promise<void> {
    await this.#settled;
  }

  /** Writes the line and gives its reply. A second call waits for the first: no pipelining. */
  exchange(line: JcliLine, options: ExchangeOptions): Promise<Reply> {
    const result = this.#settled.then(() => this.#exchange(line, options));
    this.#settled = result.then(() => {}, () => {});
    return result;
  }

  /** Writes a line that has no reply (`quit`). */
  async sendWithoutReply(line: JcliLine): Promise<void> {
    await this.#settled;
    await this.#write(ENCODER.encode(`${line}\r\n`));
  }

  async #exchange(line: JcliLine, options: ExchangeOptions): Promise<Reply> {
    this.#throwIfFailed(false);
    const start = performance.now();
    let reply: Reply | null = null;
    const taken = this.#await(options.deadlineMs, what(line, options), true, (received) => {
      const text = options.afterGreeting ? withoutLatePrompt(received) : received;
      const framed = frame(text, options.hidden ? null : line);
      if (framed.kind === "desync") {
        this.fail(new JcliProtocolError("jcli answers another line than the one sent", LEFT));
        return false;
      }
      if (framed.kind === "more") return false;
      reply = framed.reply;
      return true;
    });
    // Awaited together: when the write fails, `fail` has rejected `taken` already.
    const [, written] = await Promise.allSettled([
      taken,
      this.#write(ENCODER.encode(`${line}\r\n`)),
    ]);
    if (written.status === "rejected") throw written.reason;
    await taken;
    if (reply === null) throw new JcliProtocolError("jcli gave no reply", LEFT);
    const framed: Reply = reply;
    this.#prompt = framed.prompt;
    this.#exchanges++;
    this.#lastLatencyMs = performance.now() - start;
    this.#maxLatencyMs = Math.max(this.#maxLatencyMs, this.#lastLatencyMs);
    return framed;
  }

  async #await(
    deadlineMs: number,
    subject: string,
    bytesLeft: boolean,
    take: Taker,
  ): Promise<void> {
    this.#throwIfFailed(bytesLeft);
    if (this.#pending !== null) throw new TypeError("An exchange is under way");
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#pending = {
      take,
      done: resolve,
      failed: (reason) => reject(because(reason, bytesLeft)),
    };
    const timer = setTimeout(() => {
      const message = `${subject} had no answer from jcli within ${deadlineMs} ms`;
      this.fail(new JcliTimeoutError(message, { bytesLeft }));
    }, deadlineMs);
    // What came before the wait began counts too.
    this.#deliver();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(): Promise<void> {
    const chunk = new Uint8Array(64 * 1024);
    try {
      for (;;) {
        const count = await this.#conn.read(chunk);
        if (count === null) {
          this.fail(new JcliClosedError("The gateway closed the jcli session"));
          return;
        }
        this.#bytesReceived += count;
        this.#lastActivity = performance.now();
        const { text, reply } = this.#telnet.push(chunk.subarray(0, count));
        this.#text += withoutCarriageReturns(text);
        if (reply.length > 0) await this.#write(reply);
        if (this.#text.length > MAX_REPLY) {
          this.fail(new JcliProtocolError("jcli sends more than a reply can have"));
        }
        this.#deliver();
      }
    } catch (cause) {
      this.fail(new JcliClosedError("The jcli connection broke", { cause }));
    }
  }

  #deliver(): void {
    if (this.#text === "" || this.#failure !== null) return;
    const pending = this.#pending;
    if (pending === null) {
      // Before the greeting is asked for, text may come; afterwards each text answers a line.
      if (this.#prompt !== null) {
        this.fail(new JcliProtocolError("jcli sent text that no line asked for"));
      }
      return;
    }
    if (!pending.take(this.#text)) return;
    this.#pending = null;
    this.#text = "";
    pending.done();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let left = bytes;
    while (left.length > 0) {
      const begun = left.length < bytes.length;
      this.#throwIfFailed(begun);
      // No await between the question and the write: the answer must still hold.
      if (!this.#guard()) {
        this.fail(new JcliGuardError("This process may no longer write to the gateway"));
        this.#throwIfFailed(begun);
      }
      try {
        const count = await this.#conn.write(left);
        this.#bytesSent += count;
        left = left.subarray(count);
      } catch (cause) {
        this.fail(new JcliClosedError("The jcli connection broke", { cause }));
        this.#throwIfFailed(begun);
      }
      this.#lastActivity = performance.now();
    }
  }

  #throwIfFailed(bytesLeft: boolean): void {
    if (this.#failure !== null) throw because(this.#failure, bytesLeft);
  }
}

const LEFT = { bytesLeft: true } as const;

/** `Username: ` is drawn because of NAWS and may arrive after the greeting, in any chunking. */
function withoutLatePrompt(received: string): string {
  const prompt = "Username: ";
  if (received.startsWith(prompt)) return received.slice(prompt.length);
  return prompt.startsWith(received) ? "" : received;
}

/** The failure as seen by one line: the same kind and words, and whether that line had left. */
function because(reason: JcliError, bytesLeft: boolean): JcliError {
  if (reason.bytesLeft === bytesLeft) return reason;
  const kinds = [JcliTimeoutError, JcliGuardError, JcliProtocolError, JcliClosedError];
  const Kind = kinds.find((kind) => reason instanceof kind) ?? JcliError;
  return new Kind(reason.message, { cause: reason, bytesLeft });
}

/** What an error may say of a line: its first word, never a value. */
function what(line: JcliLine, { hidden }: ExchangeOptions): string {
  if (hidden) return "The password";
  return line === "" ? "The probe" : `"${line.split(" ", 1)[0]}"`;
}

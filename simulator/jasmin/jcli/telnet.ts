/**
 * The telnet layer of jcli: takes options and sub-negotiations out of what the client sends, and
 * answers them.
 * @see https://www.rfc-editor.org/rfc/rfc854
 */

const IAC = 0xff, DONT = 0xfe, DO = 0xfd, WONT = 0xfc, WILL = 0xfb, SB = 0xfa, SE = 0xf0;
const ECHO = 0x01, SGA = 0x03, NAWS = 0x1f, LINEMODE = 0x22;
/** Commands without an option, NOP to GA, and EOR. */
const PLAIN = new Set([0xef, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9]);

/** The client sent what the gateway cannot bear: it drops the connection. */
export class TelnetError extends Error {
  override name = "TelnetError";
}

type State = "data" | "cr" | "iac" | "option" | "sub" | "sub-iac";

/** Asked for at the start: line mode, window size, no go-ahead; offered: echo. */
export const GREETING: readonly number[] = [
  ...[IAC, DO, LINEMODE],
  ...[IAC, DO, NAWS],
  ...[IAC, DO, SGA],
  ...[IAC, WILL, ECHO],
];

export class TelnetDecoder {
  #state: State = "data";
  #command = 0;
  #sub: number[] = [];
  /** What we asked the client for and it has not answered, and what it does. */
  readonly #asked = new Set([LINEMODE, NAWS, SGA]);
  readonly #remote = new Set<number>();
  #echoAsked = true;
  readonly #local = new Set<number>();

  constructor(
    private readonly on: {
      /** A byte of the application. */
      byte(byte: number): void;
      /** Bytes to send as they are. */
      reply(bytes: readonly number[]): void;
      windowSize(): void;
    },
  ) {}

  /** @throws {TelnetError} */
  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
  }

  #take(byte: number): void {
    switch (this.#state) {
      case "data":
        if (byte === IAC) this.#state = "iac";
        else if (byte === 0x0d) this.#state = "cr";
        else this.on.byte(byte);
        return;
      case "cr":
        // CR LF is a line end, CR NUL a carriage return; a lone CR waits for the next byte.
        this.#state = "data";
        if (byte === 0x0a) this.on.byte(0x0a);
        else {
          this.on.byte(0x0d);
          if (byte === IAC) this.#state = "iac";
          else if (byte !== 0) this.on.byte(byte);
        }
        return;
      case "iac":
        this.#state = "data";
        if (byte === IAC) this.on.byte(IAC);
        else if (byte === SB) {
          this.#state = "sub";
          this.#sub = [];
        } else if (byte >= WILL && byte <= DONT) {
          this.#state = "option";
          this.#command = byte;
        } else if (!PLAIN.has(byte)) throw new TelnetError("Unknown command");
        return;
      case "option":
        this.#state = "data";
        this.#negotiate(this.#command, byte);
        return;
      case "sub":
        if (byte === IAC) this.#state = "sub-iac";
        else this.#sub.push(byte);
        return;
      case "sub-iac":
        if (byte === SE) {
          this.#state = "data";
          if (this.#sub.length === 0) throw new TelnetError("Empty sub-negotiation");
          if (this.#sub[0] === NAWS && this.#sub.length === 5) this.on.windowSize();
        } else {
          this.#state = "sub";
          this.#sub.push(byte);
        }
    }
  }

  #negotiate(command: number, option: number): void {
    if (command === WILL) this.#will(option);
    else if (command === WONT) {
      if (!this.#asked.delete(option) && this.#remote.has(option)) {
        throw new TelnetError("The gateway cannot give up an option");
      }
    } else if (command === DO) this.#do(option);
    else if (option === ECHO && this.#echoAsked) this.#echoAsked = false;
    else if (this.#local.has(option)) {
      throw new TelnetError("The gateway cannot give up an option");
    }
  }

  #will(option: number): void {
    if (this.#remote.has(option)) return;
    const known = option === LINEMODE || option === NAWS || option === SGA;
    const asked = this.#asked.delete(option);
    if (!known) {
      this.on.reply([IAC, DONT, option]);
      return;
    }
    this.#remote.add(option);
    if (option === LINEMODE) this.on.reply([IAC, SB, LINEMODE, 1, 2, IAC, SE]);
    if (!asked) this.on.reply([IAC, DO, option]);
  }

  #do(option: number): void {
    if (this.#local.has(option)) return;
    if (option === ECHO && this.#echoAsked) {
      this.#echoAsked = false;
      this.#local.add(option);
    } else if (option === ECHO || option === SGA) {
      this.#local.add(option);
      this.on.reply([IAC, WILL, option]);
    } else this.on.reply([IAC, WONT, option]);
  }
}

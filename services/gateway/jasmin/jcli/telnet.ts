/**
 * The telnet layer of jcli as an incremental decoder: bytes in, in any chunking; text out, and the
 * bytes to answer. Commands are those of RFC 854, the negotiation is that of RFC 855, NAWS RFC 1073.
 *
 * Jasmin opens with DO LINEMODE, DO NAWS, DO SGA, WILL ECHO. A WONT to one of its DOs is logged as
 * a failure on its side, so these are agreed to and everything else is declined.
 * @module
 */

const IAC = 0xff;
const DONT = 0xfe;
const DO = 0xfd;
const WONT = 0xfc;
const WILL = 0xfb;
const SB = 0xfa;
const SE = 0xf0;

const ECHO = 0x01;
const SGA = 0x03;
const NAWS = 0x1f;
const LINEMODE = 0x22;

const ESC = 0x1b;
const CSI = 0x5b;

const AGREED_DO = new Set([LINEMODE, NAWS, SGA]);
const AGREED_WILL = new Set([ECHO, SGA]);

/** 80 columns by 24 rows. Nothing in jcli depends on the size. */
const WINDOW_SIZE = [IAC, SB, NAWS, 0, 80, 0, 24, IAC, SE];

type Mode =
  | "text"
  | "command"
  | "option"
  | "subnegotiation"
  | "subnegotiation-command"
  | "escape"
  | "sequence";

/** What one chunk of bytes meant. */
export interface TelnetEvent {
  /** The text, without telnet commands and terminal sequences. */
  readonly text: string;
  /** Bytes to send back; empty when nothing was asked. */
  readonly reply: Uint8Array<ArrayBuffer>;
}

/** Decodes one connection. Never throws: what is malformed is skipped. */
export class TelnetDecoder {
  #mode: Mode = "text";
  #verb = 0;
  #windowSizeAllowed = true;
  readonly #answered = new Set<number>();
  readonly #utf8 = new TextDecoder();

  /**
   * From now on the window size is not sent any more: at each NAWS Jasmin writes its prompt again,
   * which after the login would be taken for a reply.
   */
  settle(): void {
    this.#windowSizeAllowed = false;
  }

  push(chunk: Uint8Array): TelnetEvent {
    const text = new Uint8Array(chunk.length);
    let length = 0;
    const reply: number[] = [];
    for (const byte of chunk) {
      switch (this.#mode) {
        case "text":
          if (byte === IAC) this.#mode = "command";
          else if (byte === ESC) this.#mode = "escape";
          else text[length++] = byte;
          break;
        case "command":
          if (byte === IAC) text[length++] = byte;
          this.#mode = modeAfterCommand(byte);
          this.#verb = byte;
          break;
        case "option":
          this.#mode = "text";
          reply.push(...this.#answer(this.#verb, byte));
          break;
        case "subnegotiation":
          if (byte === IAC) this.#mode = "subnegotiation-command";
          break;
        case "subnegotiation-command":
          this.#mode = byte === SE ? "text" : "subnegotiation";
          break;
        case "escape":
          this.#mode = byte === CSI ? "sequence" : "text";
          break;
        case "sequence":
          // Parameters and intermediates are below 0x40; the first byte from there ends it.
          if (byte >= 0x40 && byte <= 0x7e) this.#mode = "text";
          break;
      }
    }
    return {
      text: this.#utf8.decode(text.subarray(0, length), { stream: true }),
      reply: Uint8Array.from(reply),
    };
  }

  #answer(verb: number, option: number): readonly number[] {
    // Each request is answered once, so that two sides that repeat themselves cannot loop.
    const request = verb * 256 + option;
    if (this.#answered.has(request)) return [];
    this.#answered.add(request);
    if (verb === DO) {
      if (!AGREED_DO.has(option)) return [IAC, WONT, option];
      const agreed = [IAC, WILL, option];
      return option === NAWS && this.#windowSizeAllowed ? [...agreed, ...WINDOW_SIZE] : agreed;
    }
    if (verb === WILL) return [IAC, AGREED_WILL.has(option) ? DO : DONT, option];
    return [];
  }
}

function modeAfterCommand(byte: number): Mode {
  if (byte === SB) return "subnegotiation";
  return byte >= WILL && byte <= DONT ? "option" : "text";
}

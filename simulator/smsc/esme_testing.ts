/**
 * The ESME's side for tests: npm `smpp` as a client.
 * @module
 */
import { type Pdu, pdu, type PduFields, type Session, smpp } from "./wire.ts";
import type { Smsc } from "./smsc.ts";
import { encodeGsm7 } from "./text.ts";

/** A connection to an SMSC under test. */
export class Esme {
  readonly #session: Session;
  readonly #waiters = new Set<() => void>();
  readonly #unanswered = new Set<() => void>();
  /** Requests that the SMSC sent, in order. */
  readonly requests: Pdu[] = [];
  /** Every PDU that the SMSC sent, by command, in order. */
  readonly seen: string[] = [];
  closed = false;
  /** The command_status answered to deliver_sm and data_sm; undefined for no answer at all. */
  answer: number | undefined = 0;

  private constructor(session: Session) {
    this.#session = session;
    session.on("pdu", (received: Pdu) => {
      this.seen.push(received.command);
      if (!received.isResponse()) {
        this.requests.push(received);
        if (this.answer !== undefined) {
          session.send(received.response({ command_status: this.answer }));
        }
      }
      this.#changed();
    });
    session.on("close", () => {
      this.closed = true;
      for (const fail of this.#unanswered) fail();
      this.#changed();
    });
    // A cut connection is what some tests are about; `closed` tells.
    session.on("error", () => {});
  }

  static connect(smsc: Smsc): Promise<Esme> {
    return new Promise((resolve, reject) => {
      const session = smpp.connect({ host: smsc.host, port: smsc.port }, () => {
        session.off("error", reject);
        resolve(new Esme(session));
      });
      session.once("error", reject);
    });
  }

  /** Connects and binds; fails when the bind is refused. */
  static async bound(
    smsc: Smsc,
    { command = "bind_transceiver", systemId = "smppclient", password = "password" } = {},
  ): Promise<Esme> {
    const esme = await Esme.connect(smsc);
    const response = await esme.request(command, { system_id: systemId, password });
    if (response.command_status !== 0) {
      throw new Error(`${command} was answered ${response.command_status}`);
    }
    return esme;
  }

  /** Sends a request; resolves with its response, rejects when the connection ends before it. */
  request(command: string, fields: PduFields = {}): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      const onClose = () => reject(new Error(`Closed before ${command} was answered`));
      this.#unanswered.add(onClose);
      this.#session.send(pdu(command, fields), (response) => {
        this.#unanswered.delete(onClose);
        resolve(response);
      });
    });
  }

  /** Sends a request whose answer, if any, is looked for in `seen`. */
  send(command: string, fields: PduFields = {}): void {
    this.#session.send(pdu(command, fields));
  }

  submit(text: string, fields: PduFields = {}): Promise<Pdu> {
    return this.request("submit_sm", submission(text, fields));
  }

  writeRaw(bytes: Uint8Array): void {
    this.#session.socket.write(bytes);
  }

  until(condition: () => boolean, timeoutMs = 5000): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(check);
        reject(new Error(`Not within ${timeoutMs} ms; seen: ${this.seen.join(" ")}`));
      }, timeoutMs);
      this.#waiters.add(check);
    });
  }

  /** Texts of the deliver_sm that came, as they were written. */
  texts(): string[] {
    return this.requests.map((each) => String(each["short_message"] ?? ""));
  }

  async close(): Promise<void> {
    if (!this.closed) this.#session.destroy();
    await this.until(() => this.closed);
  }

  #changed(): void {
    for (const check of [...this.#waiters]) check();
  }
}

/** The fields of a submit_sm that asks for a receipt, to a number that no rule is about. */
export function submission(text: string, fields: PduFields = {}): PduFields {
  return {
    source_addr: "34600000001",
    source_addr_ton: 1,
    source_addr_npi: 1,
    destination_addr: "34611111111",
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    registered_delivery: 1,
    data_coding: 0,
    short_message: encodeGsm7(text),
    ...fields,
  };
}

/** An SMSC that does what a script says, and nothing by itself. */

import {
  COMMANDS,
  cString,
  deliverSm,
  encodePdu,
  type Pdu,
  readSubmitSm,
  STATUSES,
  type Submission,
  takePdu,
} from "./smpp_pdu.ts";

const RESPONSE = 0x80000000;

/** Message ids are this and counting: decimal, as most SMSCs' are. */
const FIRST_ID = 1001;

/** Dates that do not change, so that transcripts agree. */
const DATES = "submit date:2604011000 done date:2604011001";

const WAIT_MS = 30_000;

const BINDS: readonly number[] = [
  COMMANDS.bind_receiver,
  COMMANDS.bind_transmitter,
  COMMANDS.bind_transceiver,
];

/** A listening SMSC. */
export class ScriptedSmsc {
  /** Statuses of the next answers, or `receipt first`; then `ESME_ROK`. */
  readonly answers: string[] = [];
  readonly #submissions: Submission[] = [];
  readonly #bound = new Set<Deno.TcpConn>();
  readonly #connections = new Set<Deno.TcpConn>();
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #told = 0;
  #sequence = 0;

  constructor() {
    this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #accept(): Promise<void> {
    for await (const connection of this.#listener) {
      this.#connections.add(connection);
      this.#serve(connection).catch(() => {}).finally(() => {
        this.#connections.delete(connection);
        this.#bound.delete(connection);
      });
    }
  }

  async #serve(connection: Deno.TcpConn): Promise<void> {
    let buffer = new Uint8Array();
    for await (const chunk of connection.readable) {
      buffer = Uint8Array.from([...buffer, ...chunk]);
      for (let taken = takePdu(buffer); taken !== undefined; taken = takePdu(buffer)) {
        buffer = Uint8Array.from(taken.rest);
        await this.#answer(connection, taken.pdu);
      }
    }
  }

  async #answer(connection: Deno.TcpConn, pdu: Pdu): Promise<void> {
    if (pdu.command >= RESPONSE) return;
    const { sequence } = pdu;
    let status = 0;
    let body: readonly number[] = [];
    if (BINDS.includes(pdu.command)) {
      this.#bound.add(connection);
      body = cString("smsc");
    } else if (pdu.command === COMMANDS.submit_sm) {
      const answer = this.answers.shift() ?? "ESME_ROK";
      status = STATUSES[answer] ?? 0;
      this.#submissions.push(readSubmitSm(pdu.body));
      if (answer === "receipt first") {
        await this.receipt(this.#submissions.length, "DELIVRD", "000");
      }
      if (status === 0) body = cString(`${FIRST_ID + this.#submissions.length - 1}`);
    }
    const command = pdu.command + RESPONSE;
    await this.#write(connection, { command, status, sequence, body: Uint8Array.from(body) });
  }

  async #write(connection: Deno.TcpConn, pdu: Pdu): Promise<void> {
    let bytes = encodePdu(pdu);
    while (bytes.length > 0) bytes = bytes.subarray(await connection.write(bytes));
  }

  /** Waits until so many messages came that were not told before, and returns them. */
  async submissions(count: number): Promise<readonly Submission[]> {
    const first = this.#told;
    this.#told += count;
    await this.#reach(this.#told);
    return this.#submissions.slice(first, this.#told);
  }

  async #reach(count: number): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (this.#submissions.length < count) {
      if (Date.now() > deadline) throw new Error(`The SMSC did not get message ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits for the n-th message (from 1) and sends a receipt for it. */
  async receipt(nth: number, stat: string, err: string): Promise<void> {
    await this.#reach(nth);
    const submission = this.#submissions[nth - 1];
    const id = FIRST_ID + nth - 1;
    const text = `id:${id} sub:001 dlvrd:001 ${DATES} stat:${stat} err:${err} text:hi`;
    await this.deliver({
      from: `${submission?.["destination_addr"]}`,
      to: `${submission?.["source_addr"]}`,
      esmClass: 4,
      content: new TextEncoder().encode(text),
    });
  }

  /** Sends a deliver_sm over the first bound session. */
  async deliver(message: {
    readonly from: string;
    readonly to: string;
    readonly content: Uint8Array;
    readonly esmClass?: number;
    readonly coding?: number;
  }): Promise<void> {
    const [connection] = this.#bound;
    if (connection === undefined) throw new Error("No connector is bound to the SMSC");
    const body = deliverSm({
      source: message.from,
      destination: message.to,
      esmClass: message.esmClass ?? 0,
      dataCoding: message.coding ?? 0,
      content: message.content,
    });
    this.#sequence += 1;
    const command = COMMANDS.deliver_sm;
    await this.#write(connection, { command, status: 0, sequence: this.#sequence, body });
  }

  /** Drops all sessions and stops listening. */
  stop(): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) {
      try {
        connection.close();
      } catch {
        // It is closed already.
      }
    }
    return Promise.resolve();
  }
}

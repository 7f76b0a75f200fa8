/** An SMSC that does what a script says, and nothing by itself. */

import smpp from "smpp";

/** What the library hands us of a PDU. */
interface Pdu {
  readonly command: string;
  readonly command_status: number;
  readonly source_addr?: string;
  readonly destination_addr?: string;
  readonly registered_delivery?: number;
  readonly short_message?: { readonly message?: string | Uint8Array };
  response(fields?: Record<string, unknown>): Pdu;
}

interface Session {
  on(event: string, listener: (pdu: Pdu) => void): void;
  send(pdu: Pdu): void;
  deliver_sm(fields: Record<string, unknown>): void;
  destroy(): void;
}

interface Server {
  listen(port: number, host: string, ready: () => void): void;
  close(done: () => void): void;
  address(): { readonly port: number };
}

/** The parts of the library's untyped module that are used here. */
const library = smpp as unknown as {
  createServer(onSession: (session: Session) => void): Server;
  readonly errors: Readonly<Record<string, number>>;
};

/** Message ids are this and counting: decimal, as most SMSCs' are. */
const FIRST_ID = 1001;

/** Dates that do not change, so that transcripts agree. */
const DATES = "submit date:2604011000 done date:2604011001";

const WAIT_MS = 20_000;

/** A listening SMSC. */
export class ScriptedSmsc {
  /** Statuses of the next answers; then `ESME_ROK`. */
  readonly answers: string[] = [];
  readonly #submitted: Pdu[] = [];
  readonly #sessions = new Set<Session>();
  readonly #server: Server;

  private constructor() {
    this.#server = library.createServer((session) => this.#serve(session));
  }

  /** Starts listening on a free port. */
  static async start(): Promise<ScriptedSmsc> {
    const smsc = new ScriptedSmsc();
    await new Promise<void>((resolve) => smsc.#server.listen(0, "127.0.0.1", resolve));
    return smsc;
  }

  get port(): number {
    return this.#server.address().port;
  }

  #serve(session: Session): void {
    for (const bind of ["bind_transceiver", "bind_transmitter", "bind_receiver"]) {
      session.on(bind, (pdu) => {
        this.#sessions.add(session);
        session.send(pdu.response({ system_id: "smsc" }));
      });
    }
    for (const command of ["enquire_link", "unbind"]) {
      session.on(command, (pdu) => session.send(pdu.response()));
    }
    session.on("submit_sm", (pdu) => {
      const status = this.answers.shift() ?? "ESME_ROK";
      const code = library.errors[status] ?? 0;
      this.#submitted.push(pdu);
      const id = `${FIRST_ID + this.#submitted.length - 1}`;
      session.send(pdu.response({ command_status: code, message_id: code === 0 ? id : "" }));
    });
    session.on("close", () => this.#sessions.delete(session));
    session.on("error", () => this.#sessions.delete(session));
  }

  #bound(): Session {
    const [session] = this.#sessions;
    if (session === undefined) throw new Error("No connector is bound to the SMSC");
    return session;
  }

  /** Waits for the n-th message (from 1) and sends a receipt for it. */
  async receipt(nth: number, stat: string, err: string): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (this.#submitted.length < nth) {
      if (Date.now() > deadline) throw new Error(`The SMSC got no message ${nth}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const pdu = this.#submitted[nth - 1];
    const text = `id:${
      FIRST_ID + nth - 1
    } sub:001 dlvrd:001 ${DATES} stat:${stat} err:${err} text:hi`;
    this.#bound().deliver_sm({
      source_addr: pdu?.destination_addr ?? "",
      destination_addr: pdu?.source_addr ?? "",
      esm_class: 4,
      short_message: text,
    });
  }

  /** Sends a message of a phone. */
  mo(from: string, to: string, text: string): void {
    this.#bound().deliver_sm({ source_addr: from, destination_addr: to, short_message: text });
  }

  /** Drops all sessions and stops listening. */
  async stop(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}

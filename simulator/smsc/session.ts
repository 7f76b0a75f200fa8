/**
 * One connection of an ESME: binds, link checks and requests (SMPP 3.4, 2.2 and 4).
 * @module
 */
import type { Account } from "./account.ts";
import type { Receiver } from "./outbox.ts";
import {
  type Pdu,
  pdu,
  type PduFields,
  type Session as Connection,
  statusCode,
  stringOf,
} from "./wire.ts";

export type Bind = "transceiver" | "transmitter" | "receiver";

/** A connection as the outside sees it. */
export interface SessionInfo {
  readonly id: string;
  readonly systemId: string | undefined;
  readonly bind: Bind | undefined;
  readonly remote: string;
}

/** How a connection is ended: FIN, at once, or after asking the ESME to unbind. */
export type Drop = "close" | "destroy" | "unbind";

/** What a connection needs from its SMSC. */
export interface Host {
  account(systemId: string): Account | undefined;
  /** How many connections are bound to the account. */
  binds(account: Account): number;
  submit(request: Pdu, account: Account, session: EsmeSession): void;
}

const STATUS = {
  ok: 0x00,
  invalidCommandLength: 0x02,
  invalidCommand: 0x03,
  wrongBindStatus: 0x04,
  alreadyBound: 0x05,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
} as const;
const SMPP_VERSION = 0x34;
/** How long an ESME may take to answer unbind before the connection is closed. */
const UNBIND_MS = 2000;

const BINDS: ReadonlyMap<string, Bind> = new Map([
  ["bind_transceiver", "transceiver"],
  ["bind_transmitter", "transmitter"],
  ["bind_receiver", "receiver"],
]);

export class EsmeSession implements Receiver {
  readonly id: string;
  readonly #connection: Connection;
  readonly #host: Host;
  #account: Account | undefined;
  #bind: Bind | undefined;
  #corked = false;
  #unbindTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, connection: Connection, host: Host, onClose: () => void) {
    this.id = id;
    this.#connection = connection;
    this.#host = host;
    // Without it a receipt right behind an answer waits for the ESME's delayed acknowledgement.
    connection.socket.setNoDelay(true);
    connection.on("pdu", (request: Pdu) => this.#received(request));
    // The package stops reading after a PDU that it can't read; so the connection ends.
    connection.on("error", () => this.#refuseLength());
    connection.on("close", () => {
      clearTimeout(this.#unbindTimer);
      this.#leave();
      onClose();
    });
  }

  get account(): Account | undefined {
    return this.#account;
  }

  info(): SessionInfo {
    const { remoteAddress, remotePort } = this.#connection.socket;
    return {
      id: this.id,
      systemId: this.#account?.systemId,
      bind: this.#bind,
      remote: `${remoteAddress}:${remotePort}`,
    };
  }

  answer(request: Pdu, status: number, messageId: string): boolean {
    return this.#write(request.response({
      command_status: status,
      ...(status === STATUS.ok ? { message_id: messageId } : {}),
    }));
  }

  request(command: string, fields: PduFields, onAnswer: (status: number) => void): boolean {
    return this.#write(pdu(command, fields), (response) => {
      if (!this.#account?.behaviour.halfOpen) onAnswer(response.command_status);
    });
  }

  cut(): void {
    this.drop("close");
  }

  unbind(): void {
    this.drop("unbind");
  }

  drop(how: Drop): void {
    this.#account?.outbox.retire(this);
    this.#uncork();
    if (how === "destroy") return this.#connection.destroy();
    if (how === "close") return this.#connection.close();
    const sent = this.#write(pdu("unbind"), () => this.#connection.close());
    if (!sent) return this.#connection.destroy();
    this.#unbindTimer ??= setTimeout(() => this.#connection.destroy(), UNBIND_MS);
  }

  /** One system call for the answers to all PDUs that arrived together. */
  #write(message: Pdu, onResponse?: (response: Pdu) => void): boolean {
    const { socket } = this.#connection;
    if (!socket.writable || socket.destroyed || this.#account?.behaviour.halfOpen) return false;
    if (!this.#corked) {
      this.#corked = true;
      socket.cork();
      queueMicrotask(() => this.#uncork());
    }
    return this.#connection.send(message, onResponse);
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#connection.socket.uncork();
  }

  #received(request: Pdu): void {
    if (this.#account?.behaviour.halfOpen || request.isResponse()) return;
    const bind = BINDS.get(request.command);
    if (bind) return this.#bindAs(bind, request);
    switch (request.command) {
      case "submit_sm":
      case "data_sm":
        return this.#submit(request);
      case "enquire_link":
        return void this.#write(request.response());
      case "unbind":
        this.#leave();
        this.#write(request.response());
        this.#uncork();
        return this.#connection.close();
      default:
        // The package answers an unknown command with generic_nack, a known one with its response.
        return void this.#write(request.response({ command_status: STATUS.invalidCommand }));
    }
  }

  #bindAs(bind: Bind, request: Pdu): void {
    const account = this.#host.account(stringOf(request, "system_id"));
    if (account?.behaviour.bind === "silent" || account?.behaviour.halfOpen) return;
    const status = this.#bindStatus(account, stringOf(request, "password"));
    if (status !== STATUS.ok || !account) {
      return void this.#write(request.response({ command_status: status }));
    }
    this.#account = account;
    this.#bind = bind;
    this.#write(
      request.response({ system_id: account.name, sc_interface_version: SMPP_VERSION }),
    );
    if (bind !== "transmitter") account.outbox.attach(this);
  }

  #bindStatus(account: Account | undefined, password: string): number {
    if (this.#account) return STATUS.alreadyBound;
    if (!account) return STATUS.invalidSystemId;
    if (account.password !== password) return STATUS.invalidPassword;
    const { bind, bindStatus, maxBinds } = account.behaviour;
    if (bind === "refuse") return statusCode(bindStatus) ?? STATUS.bindFailed;
    return this.#host.binds(account) < maxBinds ? STATUS.ok : STATUS.bindFailed;
  }

  #submit(request: Pdu): void {
    if (this.#account && this.#bind !== "receiver") {
      this.#host.submit(request, this.#account, this);
    } else {
      this.#write(request.response({ command_status: STATUS.wrongBindStatus }));
    }
  }

  #refuseLength(): void {
    this.#write(pdu("generic_nack", { command_status: STATUS.invalidCommandLength }));
    this.drop("destroy");
  }

  #leave(): void {
    this.#account?.outbox.detach(this);
    this.#account = undefined;
    this.#bind = undefined;
  }
}

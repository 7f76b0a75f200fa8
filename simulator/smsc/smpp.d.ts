/** The part of npm `smpp` 0.5.1 that the SMSC uses; the package ships no types of its own. */
import type { Buffer } from "node:buffer";
import type { EventEmitter } from "node:events";
import type { Server as NetServer, Socket } from "node:net";

export type PduFields = Record<string, unknown>;

export interface Pdu {
  readonly command: string;
  readonly command_id: number;
  readonly command_status: number;
  sequence_number: number;
  isResponse(): boolean;
  response(fields?: PduFields): Pdu;
  toBuffer(): Buffer;
  readonly [field: string]: unknown;
}

export interface Filter {
  encode(this: PduFields, value: unknown): unknown;
  decode(this: PduFields, value: unknown, skipUdh?: boolean): unknown;
}

export interface Param {
  readonly type: unknown;
  readonly filter?: Filter;
  readonly default?: unknown;
}

export interface Command {
  readonly id: number;
  readonly params?: Record<string, Param>;
}

export interface Tlv {
  readonly id: number;
  readonly type: unknown;
  readonly filter?: Filter;
}

export interface Session extends EventEmitter {
  readonly socket: Socket;
  /** False when the socket can no longer be written. */
  send(pdu: Pdu, onResponse?: (response: Pdu) => void, onSent?: (pdu: Pdu) => void): boolean;
  close(onClosed?: () => void): void;
  destroy(onClosed?: () => void): void;
}

export interface Server extends NetServer {
  readonly sessions: readonly Session[];
}

declare const smpp: {
  readonly PDU: { new (command: string, fields?: PduFields): Pdu; maxLength: number };
  readonly commands: Readonly<Record<string, Command>>;
  readonly tlvs: Readonly<Record<string, Tlv>>;
  readonly errors: Readonly<Record<string, number>>;
  addCommand(name: string, command: Command): void;
  addTLV(name: string, tlv: Tlv): void;
  createServer(onSession: (session: Session) => void): Server;
  connect(options: { host: string; port: number }, onConnect?: () => void): Session;
};
export default smpp;

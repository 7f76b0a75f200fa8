/**
 * npm `smpp`, typed, and set so that a received PDU keeps its bytes: the package decodes texts and
 * times while reading, which loses what a record of the traffic has to show (and throws on a
 * malformed time). Encoding is left as it is.
 * @module
 */
// @ts-types="./smpp.d.ts"
import smpp from "smpp";
import { Buffer } from "node:buffer";
import type { Command, Filter, Pdu, PduFields, Server, Session, Tlv } from "./smpp.d.ts";

export type { Pdu, PduFields, Server, Session };
export { smpp };

function bytesKept(filter: Filter): Filter {
  return { encode: filter.encode, decode: (value) => value };
}

function commandKeptRaw(command: Command): Command {
  const params = Object.entries(command.params ?? {}).map(([name, param]) =>
    [name, param.filter ? { ...param, filter: bytesKept(param.filter) } : param] as const
  );
  return { ...command, params: Object.fromEntries(params) };
}

function tlvKeptRaw(tlv: Tlv): Tlv {
  return tlv.filter ? { ...tlv, filter: bytesKept(tlv.filter) } : tlv;
}

const { submit_sm: submitSm, deliver_sm: deliverSm } = smpp.commands;
const { message_payload: messagePayload } = smpp.tlvs;
if (submitSm) smpp.addCommand("submit_sm", commandKeptRaw(submitSm));
if (deliverSm) smpp.addCommand("deliver_sm", commandKeptRaw(deliverSm));
if (messagePayload) smpp.addTLV("message_payload", tlvKeptRaw(messagePayload));

/** A PDU ready to send; bodies are given as bytes. */
export function pdu(command: string, fields: PduFields = {}): Pdu {
  const { short_message: body, message_payload: payload } = fields;
  return new smpp.PDU(command, {
    ...fields,
    // The package tells bytes from text by Buffer.
    ...(body instanceof Uint8Array ? { short_message: Buffer.from(body) } : {}),
    ...(payload instanceof Uint8Array ? { message_payload: Buffer.from(payload) } : {}),
  });
}

/** A numeric field, 0 when absent. */
export function numberOf(from: Pdu, field: string): number {
  const value = from[field];
  return typeof value === "number" ? value : 0;
}

/** A numeric field, or undefined when absent: for optional TLVs. */
export function optionalNumberOf(from: Pdu, field: string): number | undefined {
  const value = from[field];
  return typeof value === "number" ? value : undefined;
}

/** A C-octet string field, empty when absent. */
export function stringOf(from: Pdu, field: string): string {
  const value = from[field];
  return typeof value === "string" ? value : "";
}

/** An octet string field, empty when absent. */
export function bytesOf(from: Pdu, field: string): Uint8Array {
  const value = from[field];
  // Copied, because the package's buffers are views on larger ones that would stay in memory.
  return value instanceof Uint8Array ? Uint8Array.from(value) : new Uint8Array(0);
}

const STATUS_NAMES = new Map(Object.entries(smpp.errors).map(([name, code]) => [code, name]));

/** The name of a command_status (SMPP 3.4, 5.1.3), or its hexadecimal form when it has none. */
export function statusName(code: number): string {
  return STATUS_NAMES.get(code) ?? `0x${code.toString(16).padStart(8, "0")}`;
}

/** The command_status of that name or hexadecimal form, undefined when there is none. */
export function statusCode(name: string): number | undefined {
  if (/^0x[0-9a-f]{1,8}$/i.test(name)) return Number.parseInt(name, 16);
  return Object.hasOwn(smpp.errors, name) ? smpp.errors[name] : undefined;
}

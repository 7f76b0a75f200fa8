/**
 * PDUs as the gateway's logs show them: in bytes, and field by field in Python's words.
 * @see SMPP 3.4, chapters 4 and 5
 */
import { bytesRepr, toHex } from "../python/text.ts";
import type { SubmitSm } from "./submit_sm.ts";

/** A PDU, ready for a log. */
export interface Pdu {
  readonly command: string;
  readonly sequence: number;
  /** @default "ESME_ROK" */
  readonly status?: string;
  /** Lines `name: value`. */
  readonly fields: readonly (readonly [string, string])[];
  /** Bytes behind the header. */
  readonly body: string;
}

const COMMANDS: Readonly<Record<string, number>> = {
  bind_receiver: 0x01,
  bind_transmitter: 0x02,
  submit_sm: 0x04,
  deliver_sm: 0x05,
  unbind: 0x06,
  bind_transceiver: 0x09,
  enquire_link: 0x15,
};

const STATUSES: Readonly<Record<string, number>> = {
  ESME_ROK: 0x00,
  ESME_RSYSERR: 0x08,
  ESME_RINVSRCADR: 0x0a,
  ESME_RINVDSTADR: 0x0b,
  ESME_RBINDFAIL: 0x0d,
  ESME_RMSGQFUL: 0x14,
  ESME_RSUBMITFAIL: 0x45,
  ESME_RTHROTTLED: 0x58,
  ESME_RINVSCHED: 0x61,
};

/** Of an answer. */
const RESPONSE = 0x80000000;
const UNKNOWN_ERROR = 0xff;

/** The PDU's bytes. */
export function pduBytes(pdu: Pdu): string {
  const name = pdu.command.replace(/_resp$/, "");
  const command = (COMMANDS[name] ?? 0) + (pdu.command === name ? 0 : RESPONSE);
  const status = STATUSES[pdu.status ?? "ESME_ROK"] ?? UNKNOWN_ERROR;
  const header = [16 + pdu.body.length, command, status, pdu.sequence].map(uint32).join("");
  return header + pdu.body;
}

/** The PDU in Python's words. */
export function pduDump(pdu: Pdu): string {
  const head = `PDU [command: CommandId.${pdu.command}, sequence_number: ${pdu.sequence}, ` +
    `command_status: CommandStatus.${pdu.status ?? "ESME_ROK"}`;
  return [head, ...pdu.fields.map(([name, value]) => `${name}: ${value}`), "]"].join("\n");
}

function uint32(value: number): string {
  return String.fromCharCode(
    (value >>> 24) & 0xff,
    (value >>> 16) & 0xff,
    (value >>> 8) & 0xff,
    value & 0xff,
  );
}

/** A PDU without a body. */
export function plainPdu(command: string, sequence: number, status?: string): Pdu {
  return { command, sequence, ...(status === undefined ? {} : { status }), fields: [], body: "" };
}

/** An answer that names a message, or the operator itself. */
export function namingPdu(
  command: string,
  sequence: number,
  field: "message_id" | "system_id",
  name: string,
): Pdu {
  return { command, sequence, fields: [[field, bytesRepr(name)]], body: `${name}\0` };
}

/** The request for a bind. */
export function bindPdu(
  operation: string,
  sequence: number,
  login: { readonly systemId: string; readonly password: string; readonly systemType: string },
): Pdu {
  const { systemId, password, systemType } = login;
  return {
    command: `bind_${operation}`,
    sequence,
    fields: [
      ["system_id", bytesRepr(systemId)],
      ["password", bytesRepr(password)],
      ["system_type", bytesRepr(systemType)],
      ["interface_version", "52"],
      ["addr_ton", "<AddrTon.UNKNOWN: 1>"],
      ["addr_npi", "<AddrNpi.UNKNOWN: 1>"],
      ["address_range", "None"],
    ],
    body: `${systemId}\0${password}\0${systemType}\0\x34\0\0\0`,
  };
}

const TON = [
  "UNKNOWN",
  "INTERNATIONAL",
  "NATIONAL",
  "NETWORK_SPECIFIC",
  "SUBSCRIBER_NUMBER",
  "ALPHANUMERIC",
  "ABBREVIATED",
];

const NPI: Readonly<Record<number, string>> = {
  0: "UNKNOWN",
  1: "ISDN",
  3: "DATA",
  4: "TELEX",
  6: "LAND_MOBILE",
  8: "NATIONAL",
  9: "PRIVATE",
  10: "ERMES",
  14: "INTERNET",
  18: "WAP_CLIENT_ID",
};

const CODINGS: Readonly<Record<number, string>> = {
  0: "SMSC_DEFAULT_ALPHABET",
  1: "IA5_ASCII",
  2: "OCTET_UNSPECIFIED",
  3: "LATIN_1",
  4: "OCTET_UNSPECIFIED_COMMON",
  5: "JIS",
  6: "CYRILLIC",
  7: "ISO_8859_8",
  8: "UCS2",
  9: "PICTOGRAM",
  10: "ISO_2022_JP",
  13: "EXTENDED_KANJI_JIS",
  14: "KS_C_5601",
};

/** How Python shows one of several names: with its place among them, from 1. */
function named(kind: string, names: readonly string[], name: string): string {
  return `<${kind}.${name}: ${names.indexOf(name) + 1}>`;
}

const BYTE_FIELDS: ReadonlySet<string> = new Set([
  "source_addr_ton",
  "source_addr_npi",
  "dest_addr_ton",
  "dest_addr_npi",
  "esm_class",
  "protocol_id",
  "priority_flag",
  "registered_delivery",
  "replace_if_present_flag",
  "data_coding",
  "sm_default_msg_id",
]);

/** A submit_sm or a deliver_sm. */
export function messagePdu(
  command: "submit_sm" | "deliver_sm",
  sequence: number,
  message: SubmitSm,
): Pdu {
  const sends = command === "submit_sm";
  let body = "";
  const fields: [string, string][] = [];
  for (const [name, value] of Object.entries(message)) {
    if (BYTE_FIELDS.has(name)) body += String.fromCharCode(Number(value));
    else if (name === "short_message" || name.startsWith("tlv_")) body += octets(name, value);
    else body += `${value}\0`;
    fields.push(
      name === "tlv_0426"
        ? ["more_messages_to_send", value === "01" ? MORE : NO_MORE]
        : [name, shown(name, value, sends)],
    );
  }
  return { command, sequence, fields, body };
}

const MORE = "<MoreMessagesToSend.MORE_MESSAGES: 2>";
const NO_MORE = "<MoreMessagesToSend.NO_MORE_MESSAGES: 1>";

function unhex(hex: string): string {
  return hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function octets(name: string, value: string | number): string {
  const bytes = unhex(String(value));
  if (name === "short_message") return String.fromCharCode(bytes.length) + bytes;
  return unhex(name.slice(4)) + String.fromCharCode(0, bytes.length) + bytes;
}

function shown(name: string, value: string | number, sends: boolean): string {
  const number = Number(value);
  switch (name) {
    case "source_addr_ton":
    case "dest_addr_ton":
      return named("AddrTon", TON, TON[number] ?? "UNKNOWN");
    case "source_addr_npi":
    case "dest_addr_npi":
      return named("AddrNpi", Object.values(NPI), NPI[number] ?? "UNKNOWN");
    case "esm_class":
      return esmClass(number);
    case "protocol_id":
      return sends && number === 0 ? "None" : String(number);
    case "priority_flag":
      // A priority that was asked for has another type inside the gateway.
      return number === 0 ? "<PriorityFlag.LEVEL_0: 1>" : `'LEVEL_${number}'`;
    case "registered_delivery": {
      const receipt = number === 1 ? "" : "NO_";
      return `RegisteredDelivery[receipt: RegisteredDeliveryReceipt.${receipt}SMSC_DELIVERY_` +
        "RECEIPT_REQUESTED, smeOriginatedAcks: set(), intermediateNotification: False]";
    }
    case "replace_if_present_flag":
      return number === 1
        ? "<ReplaceIfPresentFlag.REPLACE: 2>"
        : "<ReplaceIfPresentFlag.DO_NOT_REPLACE: 1>";
    case "data_coding":
      return "DataCoding[scheme: DataCodingScheme.DEFAULT, schemeData: DataCodingDefault." +
        `${CODINGS[number] ?? CODINGS[0]}]`;
    case "sm_default_msg_id":
      return String(number);
    case "short_message":
      return bytesRepr(unhex(String(value)));
    case "schedule_delivery_time":
    case "validity_period":
      return value === "" ? "None" : datetime(String(value));
    default:
      return value === "" && sends ? "None" : bytesRepr(String(value));
  }
}

/** An absolute time as the gateway holds it; it knows microseconds, of which SMPP has tenths. */
function datetime(time: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] =
    (time.slice(0, 12).match(/../g) ?? []).map(Number);
  const parts = [2000 + year, month, day, hour, minute, second, Number(time[12] ?? 0) * 100_000];
  return `datetime.datetime(${parts.join(", ")})`;
}

function esmClass(value: number): string {
  const mode = (value & 0x03) === 0x03 ? "STORE_AND_FORWARD" : "DEFAULT";
  const type = (value & 0x3c) === 0x04 ? "SMSC_DELIVERY_RECEIPT" : "DEFAULT";
  const features = (value & 0x40) === 0 ? "set()" : "{<EsmClassGsmFeatures.UDHI_INDICATOR_SET: 1>}";
  return `EsmClass[mode: EsmClassMode.${mode}, type: EsmClassType.${type}, ` +
    `gsmFeatures: ${features}]`;
}

/** Lines of a log about a PDU that goes out. */
export function sendingLines(pdu: Pdu): readonly string[] {
  return [`Sending PDU: ${pduDump(pdu)}`, `Sending data [b'${toHex(pduBytes(pdu))}']`];
}

/** Lines of a log about a PDU that came. */
export function receivedLines(pdu: Pdu): readonly string[] {
  const { command, sequence, status = "ESME_ROK" } = pdu;
  return [
    `Received data [b'${toHex(pduBytes(pdu))}']`,
    `SMPP Client received PDU [command: CommandId.${command}, seq_number: ${sequence}, ` +
    `command_status: CommandStatus.${status}]`,
    `Complete PDU dump: ${pduDump(pdu)}`,
  ];
}

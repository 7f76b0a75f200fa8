/** The few SMPP 3.4 PDUs that the scripted SMSC hears and says, to the byte. */

/** Command ids of SMPP 3.4 (table 5-1) that are used here. */
export const COMMANDS = {
  bind_receiver: 0x00000001,
  bind_transmitter: 0x00000002,
  submit_sm: 0x00000004,
  deliver_sm: 0x00000005,
  unbind: 0x00000006,
  bind_transceiver: 0x00000009,
  enquire_link: 0x00000015,
} as const;

/** Statuses of SMPP 3.4 (table 5-2) that scripts use. */
export const STATUSES: Readonly<Record<string, number>> = {
  ESME_ROK: 0x00,
  ESME_RSYSERR: 0x08,
  ESME_RINVSRCADR: 0x0a,
  ESME_RINVDSTADR: 0x0b,
  ESME_RMSGQFUL: 0x14,
  ESME_RSUBMITFAIL: 0x45,
  ESME_RTHROTTLED: 0x58,
  ESME_RINVSCHED: 0x61,
};

/** A PDU: its header, and its body as bytes. */
export interface Pdu {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

const HEADER = 16;

/** Takes the first whole PDU off a buffer; undefined when there is none yet. */
export function takePdu(buffer: Uint8Array): { pdu: Pdu; rest: Uint8Array } | undefined {
  if (buffer.length < HEADER) return undefined;
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  const length = view.getUint32(0);
  if (buffer.length < length) return undefined;
  const pdu = {
    command: view.getUint32(4),
    status: view.getUint32(8),
    sequence: view.getUint32(12),
    body: buffer.slice(HEADER, length),
  };
  return { pdu, rest: buffer.subarray(length) };
}

/** The bytes of a PDU. */
export function encodePdu({ command, status, sequence, body }: Pdu): Uint8Array {
  const bytes = new Uint8Array(HEADER + body.length);
  const view = new DataView(bytes.buffer);
  [bytes.length, command, status, sequence].forEach((value, index) =>
    view.setUint32(index * 4, value)
  );
  bytes.set(body, HEADER);
  return bytes;
}

/** A C-octet string. */
export function cString(text: string): number[] {
  return [...new TextEncoder().encode(text), 0];
}

/** The parts of a deliver_sm that scripts choose. */
export interface Delivery {
  readonly source: string;
  readonly destination: string;
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly content: Uint8Array;
}

/** The body of a deliver_sm. */
export function deliverSm(delivery: Delivery): Uint8Array {
  return Uint8Array.from([
    ...cString(""), // service type
    ...[1, 1, ...cString(delivery.source)],
    ...[1, 1, ...cString(delivery.destination)],
    ...[delivery.esmClass, 0, 0],
    ...[0, 0], // schedule and validity: always empty in deliver_sm
    ...[0, 0, delivery.dataCoding, 0],
    delivery.content.length,
    ...delivery.content,
  ]);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const SUBMIT_FIELDS: readonly (readonly [string, "string" | "byte"])[] = [
  ["service_type", "string"],
  ["source_addr_ton", "byte"],
  ["source_addr_npi", "byte"],
  ["source_addr", "string"],
  ["dest_addr_ton", "byte"],
  ["dest_addr_npi", "byte"],
  ["destination_addr", "string"],
  ["esm_class", "byte"],
  ["protocol_id", "byte"],
  ["priority_flag", "byte"],
  ["schedule_delivery_time", "string"],
  ["validity_period", "string"],
  ["registered_delivery", "byte"],
  ["replace_if_present_flag", "byte"],
  ["data_coding", "byte"],
  ["sm_default_msg_id", "byte"],
];

/** The fields of a submit_sm. */
export type Submission = Readonly<Record<string, string | number>>;

/** Reads a submit_sm's body; the content and each optional parameter come as hexadecimal. */
export function readSubmitSm(body: Uint8Array): Submission {
  const fields: Record<string, string | number> = {};
  let at = 0;
  for (const [name, type] of SUBMIT_FIELDS) {
    if (type === "byte") {
      fields[name] = body[at] ?? 0;
      at += 1;
    } else {
      const end = body.indexOf(0, at);
      fields[name] = String.fromCharCode(...body.subarray(at, end));
      at = end + 1;
    }
  }
  const length = body[at] ?? 0;
  fields["short_message"] = toHex(body.subarray(at + 1, at + 1 + length));
  at += 1 + length;
  const view = new DataView(body.buffer, body.byteOffset);
  while (at + 4 <= body.length) {
    const size = view.getUint16(at + 2);
    const tag = view.getUint16(at).toString(16).padStart(4, "0");
    fields[`tlv_${tag}`] = toHex(body.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return fields;
}

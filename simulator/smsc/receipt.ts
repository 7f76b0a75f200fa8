/**
 * Delivery receipts by SMPP 3.4, appendix B, and the TLVs of 5.3.2.12 and 5.3.2.35.
 * @module
 */
import type { ReceiptStat, ReceiptStep } from "./outcome.ts";
import { encodeGsm7, septetsOf } from "./text.ts";
import type { PduFields } from "./wire.ts";

/** message_state (SMPP 3.4, 5.2.28). */
const MESSAGE_STATE: Readonly<Record<ReceiptStat, number>> = {
  DELIVRD: 2,
  EXPIRED: 3,
  DELETED: 4,
  UNDELIV: 5,
  ACCEPTD: 6,
  UNKNOWN: 7,
  REJECTD: 8,
};

/** `err`: specific to each network by the standard; these are common ones. */
const ERR: Readonly<Record<ReceiptStat, string>> = {
  DELIVRD: "000",
  EXPIRED: "027",
  DELETED: "099",
  UNDELIV: "001",
  ACCEPTD: "000",
  UNKNOWN: "255",
  REJECTD: "008",
};

const RECEIPT_ESM_CLASS = 0x04;
const TEXT_LENGTH = 20;

/** What a receipt reports on. */
export interface ReceiptSubject {
  /** As receipts write it. */
  readonly messageId: string;
  readonly source: string;
  readonly sourceTon: number;
  readonly sourceNpi: number;
  readonly destination: string;
  readonly destinationTon: number;
  readonly destinationNpi: number;
  readonly text: string;
  readonly submittedAt: number;
}

function minuteOf(at: number): string {
  return new Date(at).toISOString().slice(2, 16).replace(/\D/g, "");
}

/** The receipt's text, its dates in UTC. */
export function receiptText(subject: ReceiptSubject, stat: ReceiptStat, doneAt: number): string {
  const delivered = stat === "DELIVRD" ? "001" : "000";
  const start = [...subject.text].slice(0, TEXT_LENGTH)
    .map((each) => (septetsOf(each)?.length === 1 && each >= " " ? each : "?")).join("");
  return `id:${subject.messageId} sub:001 dlvrd:${delivered} ` +
    `submit date:${minuteOf(subject.submittedAt)} done date:${minuteOf(doneAt)} ` +
    `stat:${stat} err:${ERR[stat]} text:${start}`;
}

/** A receipt whose text no rule of the standard reads, and without TLVs. */
function malformedText(subject: ReceiptSubject): string {
  return `id=${subject.messageId};status=delivered;stat:`;
}

/** The fields of the deliver_sm or data_sm that carries a receipt, and its text. */
export function receiptPdu(
  subject: ReceiptSubject,
  step: Required<Pick<ReceiptStep, "stat" | "form" | "pdu">>,
  doneAt: number,
): { readonly fields: PduFields; readonly text: string } {
  const text = {
    both: () => receiptText(subject, step.stat, doneAt),
    text: () => receiptText(subject, step.stat, doneAt),
    tlv: () => "",
    malformed: () => malformedText(subject),
  }[step.form]();
  const body = encodeGsm7(text);
  const tlvs = step.form === "both" || step.form === "tlv"
    ? { receipted_message_id: subject.messageId, message_state: MESSAGE_STATE[step.stat] }
    : {};
  const fields = {
    source_addr_ton: subject.destinationTon,
    source_addr_npi: subject.destinationNpi,
    source_addr: subject.destination,
    dest_addr_ton: subject.sourceTon,
    dest_addr_npi: subject.sourceNpi,
    destination_addr: subject.source,
    esm_class: RECEIPT_ESM_CLASS,
    data_coding: 0,
    ...tlvs,
  };
  if (step.pdu === "data_sm") {
    return { fields: body.length ? { ...fields, message_payload: body } : fields, text };
  }
  return { fields: { ...fields, short_message: body }, text };
}

/**
 * Reading a submit_sm or data_sm.
 * @module
 */
import { type PartOf, partOfHeader, splitUdh } from "./concatenation.ts";
import type { SubmitRecord } from "./model.ts";
import { decodeText, isSevenBit } from "./text.ts";
import { bytesOf, numberOf, optionalNumberOf, type Pdu, stringOf } from "./wire.ts";

const MAX_OCTETS = 140;
const MAX_SEPTETS = 160;

/** A submit before anything is decided about it. */
export type Submission = Omit<
  SubmitRecord,
  "number" | "answeredAt" | "outcome" | "taken" | "messageId" | "status"
>;

function partOfTlvs(request: Pdu): PartOf | undefined {
  const reference = optionalNumberOf(request, "sar_msg_ref_num");
  const total = optionalNumberOf(request, "sar_total_segments");
  const sequence = optionalNumberOf(request, "sar_segment_seqnum");
  return reference === undefined || total === undefined || sequence === undefined
    ? undefined
    : { reference, total, sequence };
}

/** What a submit_sm or data_sm says. */
export function readSubmission(request: Pdu, systemId: string, session: string): Submission {
  const short = bytesOf(request, "short_message");
  const raw = short.length > 0 ? short : bytesOf(request, "message_payload");
  const [esmClass, dataCoding] = [numberOf(request, "esm_class"), numberOf(request, "data_coding")];
  const { header, content } = splitUdh(raw, esmClass);
  return {
    command: request.command,
    at: Date.now(),
    systemId,
    session,
    source: stringOf(request, "source_addr"),
    sourceTon: numberOf(request, "source_addr_ton"),
    sourceNpi: numberOf(request, "source_addr_npi"),
    destination: stringOf(request, "destination_addr"),
    destinationTon: numberOf(request, "dest_addr_ton"),
    destinationNpi: numberOf(request, "dest_addr_npi"),
    dataCoding,
    esmClass,
    registeredDelivery: numberOf(request, "registered_delivery"),
    priority: numberOf(request, "priority_flag"),
    validityPeriod: stringOf(request, "validity_period"),
    scheduleDeliveryTime: stringOf(request, "schedule_delivery_time"),
    part: partOfHeader(header) ?? partOfTlvs(request),
    raw,
    content,
    text: decodeText(content, dataCoding),
  };
}

/** True for a short_message that a radio interface can't carry (3GPP TS 23.040, 9.2.3.24). */
export function isTooLong(submit: Submission, request: Pdu): boolean {
  if (bytesOf(request, "short_message").length === 0) return false;
  const header = submit.raw.length - submit.content.length;
  return isSevenBit(submit.dataCoding)
    ? Math.ceil((header * 8) / 7) + submit.content.length > MAX_SEPTETS
    : submit.raw.length > MAX_OCTETS;
}

/** What an operator hands over: receipts and messages of phones, as deliver_sm. */
import { toBinary, toHex } from "../python/text.ts";
import type { Receipt, Submit } from "./submit.ts";
import type { SubmitSm } from "./submit_sm.ts";

function deliverSm(fields: {
  readonly from: string;
  readonly to: string;
  readonly esmClass: number;
  readonly coding: number;
  readonly content: string;
}): SubmitSm {
  return {
    service_type: "",
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: fields.from,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: fields.to,
    esm_class: fields.esmClass,
    protocol_id: 0,
    priority_flag: 0,
    schedule_delivery_time: "",
    validity_period: "",
    registered_delivery: 0,
    replace_if_present_flag: 0,
    data_coding: fields.coding,
    sm_default_msg_id: 0,
    short_message: toHex(fields.content),
  };
}

/** The deliver_sm of a receipt; the message that it is about gives the addresses. */
export function receiptSm(receipt: Receipt, submit: Submit | undefined): SubmitSm {
  const { smscId, sub, dlvrd, submitDate, doneDate, status, error, text } = receipt;
  return deliverSm({
    from: submit?.destination ?? "",
    to: submit?.source?.value ?? "",
    esmClass: 0x04,
    coding: 0,
    content: toBinary(
      `id:${smscId} sub:${sub} dlvrd:${dlvrd} submit date:${submitDate} done date:${doneDate} ` +
        `stat:${status} err:${error} text:${text}`,
    ),
  });
}

/** The deliver_sm of a phone's message. */
export function moSm(mo: {
  readonly from: string;
  readonly to: string;
  readonly content: string;
  readonly coding?: number;
  readonly esmClass?: number;
}): SubmitSm {
  return deliverSm({ ...mo, esmClass: mo.esmClass ?? 0, coding: mo.coding ?? 0 });
}

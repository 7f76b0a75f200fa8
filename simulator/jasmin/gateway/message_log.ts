/** The lines of `messages.log` and of the connectors' logs. */
import type { LogFiles } from "../log_files.ts";
import { bytesRepr, textRepr } from "../python/text.ts";
import type { Address } from "./filters.ts";
import type { Receipt, Submit } from "./submit.ts";

const MESSAGES = "messages.log";

export class MessageLog {
  constructor(
    private readonly files: LogFiles,
    /** The later column set logs optional parameters too. */
    private readonly withTlvs: boolean,
  ) {}

  get active(): boolean {
    return this.files.active;
  }

  accepted(submit: Submit): void {
    this.#mt(submit, `[smpp-msgid:b'${submit.smscId}'] [status:CommandStatus.ESME_ROK]`);
  }

  /** The gateway logs the first part only, which asks for no receipt when there are others. */
  refused(submit: Submit, status: string, retried: boolean): void {
    const told = `[status:ERROR/CommandStatus.${status}] [retry:${retried ? "True" : "False"}]`;
    const content = submit.parts[0] ?? "";
    this.#mt({ ...submit, content, receipt: submit.receipt && submit.parts.length === 1 }, told);
  }

  dropped(submit: Submit, reason: string): void {
    if (!this.files.active) return;
    const text = reason === "over-aged"
      ? `SMPPC [cid:${submit.cid}] is not bound: Discarding (#${submit.tries}) ` +
        `SubmitSmPDU[${submit.msgid}], over-aged ` +
        `${Math.floor((Date.now() - submit.queuedAt) / 1000)} seconds.`
      : `Rejecting SubmitSmPDU[${submit.msgid}] through [cid:${submit.cid}] for an unknown error ` +
        `(<class 'TypeError'>): ${reason}`;
    this.files.write(MESSAGES, reason === "over-aged" ? "ERROR" : "CRITICAL", text);
  }

  mo(mo: { id: string; cid: string; from: string; to: string; content: string }): void {
    if (!this.files.active) return;
    this.files.write(
      MESSAGES,
      "INFO",
      `SMS-MO [cid:${mo.cid}] [queue-msgid:${mo.id}] [status:CommandStatus.ESME_ROK] ` +
        `[prio:PriorityFlag.LEVEL_0] [validity:None] [from:${bytesRepr(mo.from)}] ` +
        `[to:${bytesRepr(mo.to)}] [content:${bytesRepr(mo.content)}]`,
    );
  }

  dlr(receipt: Receipt): void {
    if (!this.files.active) return;
    this.files.write(
      MESSAGES,
      "INFO",
      `DLR [cid:${receipt.cid}] [smpp-msgid:${receipt.smscId}] [status:${receipt.status}] ` +
        `[submit date:${receipt.submitDate}] [done date:${receipt.doneDate}] ` +
        `[sub/dlvrd messages:${receipt.sub}/${receipt.dlvrd}] ` +
        `[err:${receipt.error}] [content:${textRepr(receipt.text)}]`,
    );
  }

  connector(cid: string, level: string, message: string): void {
    this.files.write(`default-${cid}.log`, level, message);
  }

  #mt(submit: Submit, told: string): void {
    if (!this.files.active) return;
    const receipt = submit.receipt
      ? "SMSC_DELIVERY_RECEIPT_REQUESTED"
      : "NO_SMSC_DELIVERY_RECEIPT_REQUESTED";
    this.files.write(
      MESSAGES,
      "INFO",
      `SMS-MT [cid:${submit.cid}] [queue-msgid:${submit.msgid}] ${told} ` +
        `[prio:${submit.priority}] [dlr:RegisteredDeliveryReceipt.${receipt}] [validity:none] ` +
        `[from:${addressText(submit.source)}] [to:${bytesRepr(submit.destination)}] ` +
        `[content:${bytesRepr(submit.content)}]${this.withTlvs ? " [tlvs:none]" : ""}`,
    );
  }
}

/** An address as Python prints it. */
export function addressText(address: Address | null): string {
  if (address === null) return "None";
  return address.isText ? address.value : bytesRepr(address.value);
}

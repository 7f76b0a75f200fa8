/**
 * Messages from handsets (MO) to the ESME.
 * @module
 */
import { ValidationError } from "../../services/errors/mod.ts";
import type { Account } from "./account.ts";
import { type Concatenation, cutText, headerOf, type PartOf } from "./concatenation.ts";
import type { DeliveryRecord } from "./model.ts";
import type { SmscRecord } from "./record.ts";
import { type Alphabet, alphabetFor, DATA_CODING } from "./text.ts";
import type { PduFields } from "./wire.ts";

/** An MO to send. */
export interface Mo {
  /** The account that it goes to. */
  readonly systemId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** @default the smallest that holds the text */
  readonly coding?: Alphabet;
  /** How long texts are joined. @default "udh8" */
  readonly concatenation?: Concatenation;
  /** The reference of a long message, 0 to 255, to 65535 for udh16 and sar. @default counted */
  readonly reference?: number;
  /**
   * Which parts are sent, in which order, from 1: `[3, 1, 2]` arrives out of order, `[1, 3]` lacks
   * one, `[1, 1, 2]` repeats one. @default all, in order
   */
  readonly order?: readonly number[];
}

const UDH_INDICATOR = 0x40;
const INTERNATIONAL = 1;
const ISDN = 1;

function bodyOf(
  content: Uint8Array,
  part: PartOf | undefined,
  form: Concatenation,
): PduFields {
  if (!part) return { esm_class: 0, short_message: content };
  if (form === "sar") {
    return {
      esm_class: 0,
      short_message: content,
      sar_msg_ref_num: part.reference,
      sar_total_segments: part.total,
      sar_segment_seqnum: part.sequence,
    };
  }
  const header = headerOf(part, form);
  const body = new Uint8Array(header.length + content.length);
  body.set(header);
  body.set(content, header.length);
  return { esm_class: UDH_INDICATOR, short_message: body };
}

/** Sends MOs; counts the references of long ones. */
export class MoSender {
  readonly #record: SmscRecord;
  #reference = 0;

  constructor(record: SmscRecord) {
    this.#record = record;
  }

  /**
   * Resolves with the parts' records once each is taken by the ESME or given up.
   * @throws {ValidationError} when there are more than 255 parts or `order` names one that isn't
   */
  async send(mo: Mo, account: Account): Promise<readonly DeliveryRecord[]> {
    const alphabet = mo.coding ?? alphabetFor(mo.text);
    const form = mo.concatenation ?? "udh8";
    const pieces = cutText(mo.text, alphabet, form);
    const total = pieces.length;
    if (total > 255) {
      throw new ValidationError("text", `Takes ${total} parts, at most 255 fit; shorten it`);
    }
    const order = mo.order ?? pieces.map((_, index) => index + 1);
    const wrong = order.find((sequence) => pieces[sequence - 1] === undefined);
    if (wrong !== undefined) {
      throw new ValidationError("order", `Names part ${wrong}, the text has ${total}`);
    }
    const reference = mo.reference ?? (this.#reference = (this.#reference + 1) & 0xff);
    return await Promise.all(order.map((sequence) => {
      const part = total > 1 ? { reference, total, sequence } : undefined;
      return this.#sendPart(mo, account, alphabet, pieces[sequence - 1] ?? new Uint8Array(), part);
    }));
  }

  #sendPart(
    mo: Mo,
    account: Account,
    alphabet: Alphabet,
    content: Uint8Array,
    part: PartOf | undefined,
  ): Promise<DeliveryRecord> {
    const delivery = this.#record.addDelivery({
      kind: "mo",
      systemId: account.systemId,
      command: "deliver_sm",
      source: mo.from,
      destination: mo.to,
      text: mo.text,
      messageId: undefined,
      submit: undefined,
      stat: undefined,
      part,
    });
    const fields = {
      source_addr_ton: INTERNATIONAL,
      source_addr_npi: ISDN,
      source_addr: mo.from,
      dest_addr_ton: INTERNATIONAL,
      dest_addr_npi: ISDN,
      destination_addr: mo.to,
      data_coding: DATA_CODING[alphabet],
      ...bodyOf(content, part, mo.concatenation ?? "udh8"),
    };
    return new Promise((resolve) => {
      account.outbox.add(delivery, fields, () => resolve(delivery));
    });
  }
}

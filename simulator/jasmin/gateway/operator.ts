/** The operators behind the connectors: how they answer, which receipts they send. */
import type { Random } from "../random.ts";
import { decodeUtf8 } from "../python/text.ts";
import type { ConnectorBehaviour, ReceiptProfile } from "./behaviour.ts";
import { type Receipt, stamp, type Submit } from "./submit.ts";
import type { Timers } from "./timers.ts";

/** Sent parts that are remembered. */
const REMEMBERED = 10_000;

/** A part of a message that reached an operator. */
export interface SentPart {
  readonly submit: Submit;
  /** From 0. */
  readonly part: number;
  readonly smscId: string;
  readonly at: Date;
}

/** How the next message is answered; a receipt may come before the answer. */
export interface ScriptedAnswer {
  readonly status: string;
  readonly receiptFirst?: ReceiptChange;
}

/** A receipt: its status, and what is not to be as it would be by itself. */
export type ReceiptChange = { readonly status: string } & Partial<Receipt>;

export class Operator {
  readonly #scripted: ScriptedAnswer[] = [];
  /** Answers of a script to messages under way. */
  readonly #decided = new WeakMap<Submit, string>();
  readonly #sent: SentPart[] = [];
  #forgotten = 0;
  #nextId: number;

  constructor(
    private readonly timers: Timers,
    private readonly random: Random,
    /** The first message id; drawn without it. */
    firstId: number | undefined,
    private readonly deliver: (receipt: Receipt, submit: Submit) => void,
  ) {
    this.#nextId = firstId ?? 100_000_000 + random.int(800_000_000);
  }

  /** Parts that reached an operator, the oldest first; those forgotten are left out. */
  get sent(): readonly SentPart[] {
    return this.#sent;
  }

  /** The next messages, on whichever connector, are answered so. */
  script(answers: readonly ScriptedAnswer[]): void {
    this.#scripted.push(...answers);
  }

  /** The answer to a message that was received. */
  answer(submit: Submit, behaviour: ConnectorBehaviour): string {
    const scripted = this.#decided.get(submit);
    if (scripted !== undefined) return scripted;
    if (this.random.chance(behaviour.throttled)) return "ESME_RTHROTTLED";
    return this.random.chance(behaviour.errors) ? behaviour.errorStatus : "ESME_ROK";
  }

  /** A message reached the operator, who has not answered yet. @returns its ids, part by part */
  received(submit: Submit, profile: ReceiptProfile): readonly string[] {
    const at = new Date();
    const ids: string[] = [];
    for (let part = 0; part < submit.parts.length; part++) {
      submit.smscId = String(this.#nextId++);
      ids.push(submit.smscId);
      this.#sent.push({ submit, part, smscId: submit.smscId, at });
    }
    if (this.#sent.length > REMEMBERED * 1.25) {
      this.#forgotten += this.#sent.length - REMEMBERED;
      this.#sent.splice(0, this.#sent.length - REMEMBERED);
    }
    const scripted = this.#scripted.shift();
    if (scripted === undefined) this.#decided.delete(submit);
    else this.#decided.set(submit, scripted.status);
    const first = scripted?.receiptFirst;
    if (first !== undefined) {
      this.deliver({ ...receiptOf(submit, submit.smscId, first.status, at), ...first }, submit);
    }
    if (submit.receipt && this.random.chance(profile.early)) {
      this.deliver(receiptOf(submit, submit.smscId, this.#end(profile), at), submit);
    }
    return ids;
  }

  /** A message was accepted: its receipts will come. */
  accepted(submit: Submit, profile: ReceiptProfile): void {
    if (!submit.receipt) return;
    const { random } = this;
    if (random.chance(profile.none) || random.chance(profile.early)) return;
    const at = new Date();
    const { smscId } = submit;
    const delay = profile.delayMs +
      (profile.jitterMs > 0 ? random.exponential(profile.jitterMs) : 0);
    const send = (status: string, ms: number) =>
      this.timers.after(ms, () => this.deliver(receiptOf(submit, smscId, status, at), submit));
    if (random.chance(profile.intermediate)) send("ACCEPTD", delay / 2);
    const last = random.chance(profile.reordered) ? delay * 3 : delay;
    const status = this.#end(profile);
    send(status, last);
    if (random.chance(profile.duplicated)) send(status, last + 1);
  }

  /**
   * Sends a receipt for the n-th part that reached an operator, counted from 1.
   * @throws {RangeError} when there was no such part or it is forgotten
   */
  receiptFor(nth: number, change: ReceiptChange): void {
    const sent = this.#sent[nth - 1 - this.#forgotten];
    if (sent === undefined) throw new RangeError(`Part ${nth} did not reach an operator`);
    const { submit, smscId, at } = sent;
    this.deliver({ ...receiptOf(submit, smscId, change.status, at), ...change }, submit);
  }

  #end(profile: ReceiptProfile): string {
    const drawn = this.random.next();
    let edge = profile.undelivered;
    if (drawn < edge) return "UNDELIV";
    if (drawn < (edge += profile.expired)) return "EXPIRED";
    return drawn < edge + profile.rejected ? "REJECTD" : "DELIVRD";
  }
}

function receiptOf(submit: Submit, smscId: string, status: string, sentAt: Date): Receipt {
  return {
    smscId,
    cid: submit.cid,
    status,
    sub: "001",
    dlvrd: status === "DELIVRD" ? "001" : "000",
    submitDate: stamp(sentAt),
    doneDate: stamp(new Date()),
    error: status === "DELIVRD" || status === "ACCEPTD" ? "000" : "001",
    text: submit.coding === 0 ? decodeUtf8(submit.content.slice(0, 20)) : "",
  };
}

/** The operators behind the connectors: how they answer, which receipts they send. */
import type { Random } from "../random.ts";
import type { ConnectorBehaviour, ReceiptProfile } from "./behaviour.ts";
import type { Receipt, Submit } from "./submit.ts";
import { decodeUtf8 } from "../python/text.ts";
import type { Timers } from "./timers.ts";

/** Sent messages that {@linkcode Operator.receiptFor} can still name. */
const REMEMBERED = 10_000;

export class Operator {
  readonly #scripted: string[] = [];
  readonly #sent: { readonly submit: Submit; readonly at: Date }[] = [];
  #sentBefore = 0;
  #lastId: number;

  constructor(
    private readonly timers: Timers,
    private readonly random: Random,
    private readonly deliver: (receipt: Receipt) => void,
  ) {
    this.#lastId = 100_000_000 + random.int(800_000_000);
  }

  /** The next submits, on whichever connector, are answered with these statuses. */
  script(statuses: readonly string[]): void {
    this.#scripted.push(...statuses);
  }

  answer(behaviour: ConnectorBehaviour): string {
    const scripted = this.#scripted.shift();
    if (scripted !== undefined) return scripted;
    if (this.random.chance(behaviour.throttled)) return "ESME_RTHROTTLED";
    return this.random.chance(behaviour.errors) ? behaviour.errorStatus : "ESME_ROK";
  }

  /** A submit reached the operator, who has not answered yet. */
  received(submit: Submit, profile: ReceiptProfile): void {
    submit.smscId = String(++this.#lastId);
    this.#sent.push({ submit, at: new Date() });
    if (this.#sent.length > REMEMBERED * 1.25) {
      this.#sentBefore += this.#sent.length - REMEMBERED;
      this.#sent.splice(0, this.#sent.length - REMEMBERED);
    }
    if (submit.receipt && this.random.chance(profile.early)) {
      this.deliver(this.#receipt(submit, this.#end(profile), new Date()));
    }
  }

  /** A submit was accepted: its receipts will come. */
  accepted(submit: Submit, profile: ReceiptProfile): void {
    if (!submit.receipt) return;
    const { random } = this;
    if (random.chance(profile.none) || random.chance(profile.early)) return;
    const at = new Date();
    const delay = profile.delayMs +
      (profile.jitterMs > 0 ? random.exponential(profile.jitterMs) : 0);
    const send = (status: string, ms: number) =>
      this.timers.after(ms, () => this.deliver(this.#receipt(submit, status, at)));
    if (random.chance(profile.intermediate)) send("ACCEPTD", delay / 2);
    const last = random.chance(profile.reordered) ? delay * 3 : delay;
    const status = this.#end(profile);
    send(status, last);
    if (random.chance(profile.duplicated)) send(status, last + 1);
  }

  /**
   * Sends a receipt for the n-th submit that reached an operator, counted from 1.
   * @throws {RangeError} when there was no such submit or it is forgotten
   */
  receiptFor(nth: number, status: string, error = "000"): void {
    const sent = this.#sent[nth - 1 - this.#sentBefore];
    if (sent === undefined) throw new RangeError(`Submit ${nth} did not reach an operator`);
    this.deliver({ ...this.#receipt(sent.submit, status, sent.at), error });
  }

  #end(profile: ReceiptProfile): string {
    const drawn = this.random.next();
    let edge = profile.undelivered;
    if (drawn < edge) return "UNDELIV";
    if (drawn < (edge += profile.expired)) return "EXPIRED";
    return drawn < edge + profile.rejected ? "REJECTD" : "DELIVRD";
  }

  #receipt(submit: Submit, status: string, submittedAt: Date): Receipt {
    return {
      smscId: submit.smscId,
      cid: submit.cid,
      status,
      submittedAt,
      doneAt: new Date(),
      error: status === "DELIVRD" || status === "ACCEPTD" ? "000" : "001",
      text: submit.coding === 0 ? decodeUtf8(submit.content.slice(0, 20)) : "",
    };
  }
}

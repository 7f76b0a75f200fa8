/**
 * What the SMSC makes of a submit: reads it, decides its outcome, answers, and sends its receipts.
 * @module
 */
import type { Account } from "./account.ts";
import {
  ordinaryOutcome,
  type Outcome,
  outcomeByRules,
  outcomeInText,
  type ReceiptStep,
  refusal,
} from "./outcome.ts";
import { drawDelay, drawWeighted, type Random, randomFor } from "./random.ts";
import { receiptPdu } from "./receipt.ts";
import type { Open, SubmitRecord } from "./model.ts";
import type { SmscRecord } from "./record.ts";
import { isTooLong, readSubmission, type Submission } from "./submission.ts";
import type { Timeline } from "./timeline.ts";
import { type Pdu, statusCode } from "./wire.ts";

/** The connection that a submit came on. */
export interface Submitter {
  readonly id: string;
  answer(request: Pdu, status: number, messageId: string): boolean;
  cut(): void;
  unbind(): void;
}

const THROTTLED = 0x58;
const INVALID_LENGTH = 0x01;
const INVALID_DESTINATION = 0x0b;
const REMEMBERED = 10_000;

/** A map that forgets its oldest entries. */
class Remembered<Value> {
  readonly #entries = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= REMEMBERED) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** Called once for each message that the SMSC took, with draws that belong to it. */
export type OnTaken = (account: Account, submit: SubmitRecord, random: Random) => void;

export class Intake {
  readonly #record: SmscRecord;
  readonly #timeline: Timeline;
  readonly #seed: number;
  readonly #onTaken: OnTaken;
  readonly #asked = new Remembered<Outcome>();
  readonly #repeats = new Remembered<number>();
  #nextMessageId: number;

  constructor(record: SmscRecord, timeline: Timeline, seed: number, onTaken: OnTaken) {
    this.#record = record;
    this.#timeline = timeline;
    this.#seed = seed;
    this.#onTaken = onTaken;
    // Apart for each seed: Jasmin keeps the ids of all its SMSCs in one place.
    this.#nextMessageId = 1_000_000_000 + Math.floor(randomFor(seed, "message_id")() * 3e9);
  }

  /** Takes a submit_sm or data_sm of a bound transmitter or transceiver. */
  take(request: Pdu, account: Account, from: Submitter): void {
    const submission = readSubmission(request, account.systemId, from.id);
    const nth = this.#record.submitsTo(submission.destination);
    const random = randomFor(this.#seed, `${submission.destination} ${nth}`);
    const outcome = this.#outcome(submission, request, account, random);
    const { taken } = outcome;
    const number = taken ? this.#nextMessageId++ : 0;
    const { response, receipt } = account.behaviour.messageId;
    const submit = this.#record.addSubmit({
      ...submission,
      outcome: outcome.name,
      status: outcome.status,
      taken,
      messageId: taken ? written(number, response) : "",
    });
    const steps = this.#steps(outcome, submit, account, random);
    const receiptId = written(number, receipt);
    const wait = drawDelay(account.behaviour.responseDelay, random);
    const finish = () => {
      if (outcome.receiptFirst) this.#send(steps, submit, receiptId, account);
      this.#answer(request, submit, outcome, from);
      if (!outcome.receiptFirst) {
        this.#sendLater(steps, submit, receiptId, account, random);
      }
      const last = !submit.part || submit.part.sequence === submit.part.total;
      if (taken && last) this.#onTaken(account, submit, random);
    };
    if (wait > 0) this.#timeline.after(wait, finish);
    else finish();
  }

  #outcome(submit: Submission, request: Pdu, account: Account, random: Random): Outcome {
    const { rules, errorRate, errorStatus } = account.behaviour;
    if (submit.destination === "") return refusal(INVALID_DESTINATION);
    if (isTooLong(submit, request)) return refusal(INVALID_LENGTH);
    if (!account.mayPass()) return refusal(THROTTLED);
    const asked = this.#askedFor(submit) ?? outcomeByRules(rules, submit);
    if (asked && this.#stillApplies(asked, submit)) return asked;
    if (!asked && errorRate > 0 && random() < errorRate) {
      return refusal(statusCode(errorStatus) ?? 0);
    }
    return ordinaryOutcome();
  }

  /** A directive in one part holds for the parts after it. */
  #askedFor(submit: Submission): Outcome | undefined {
    const asked = outcomeInText(submit.text);
    const { systemId, source, destination, part } = submit;
    if (!part) return asked;
    const key = [systemId, source, destination, part.reference, part.total].join("\n");
    if (asked) this.#asked.set(key, asked);
    return asked ?? (part.sequence > 1 ? this.#asked.get(key) : undefined);
  }

  #stillApplies(outcome: Outcome, submit: Submission): boolean {
    if (outcome.times === Infinity) return true;
    const key = [outcome.name, submit.source, submit.destination, submit.raw.toHex()].join("\n");
    const before = this.#repeats.get(key) ?? 0;
    this.#repeats.set(key, before + 1);
    return before < outcome.times;
  }

  #steps(
    outcome: Outcome,
    submit: SubmitRecord,
    account: Account,
    random: Random,
  ): readonly ReceiptStep[] {
    const { receipts, receiptMix } = account.behaviour;
    if (!submit.taken || receipts === "never") return [];
    let steps = outcome.receipts;
    if (!steps) {
      const stat = drawWeighted(receiptMix, random) ?? "NONE";
      steps = stat === "NONE" ? [] : [{ stat }];
    }
    if (receipts === "always") return steps;
    // registered_delivery, bits 1-0 (SMPP 3.4, 5.2.17): 1 any outcome, 2 failures only.
    const wanted = submit.registeredDelivery & 0x03;
    if (wanted === 2) {
      return steps.filter(({ stat }) => stat !== "DELIVRD" && stat !== "ACCEPTD");
    }
    return wanted === 1 ? steps : [];
  }

  #answer(request: Pdu, submit: Open<SubmitRecord>, outcome: Outcome, from: Submitter): void {
    const answered = outcome.answer === "respond" &&
      from.answer(request, submit.status, submit.messageId);
    if (answered) this.#record.answerSubmit(submit);
    if (outcome.answer === "cut" || outcome.afterwards === "cut") from.cut();
    if (outcome.afterwards === "unbind") from.unbind();
  }

  #sendLater(
    steps: readonly ReceiptStep[],
    submit: SubmitRecord,
    receiptId: string,
    account: Account,
    random: Random,
  ): void {
    if (steps.length === 0) return;
    const wait = drawDelay(account.behaviour.receiptDelay, random);
    for (const step of steps) {
      const due = wait + (step.later ?? 0);
      if (due > 0) this.#timeline.after(due, () => this.#send([step], submit, receiptId, account));
      else this.#send([step], submit, receiptId, account);
    }
  }

  #send(
    steps: readonly ReceiptStep[],
    submit: SubmitRecord,
    receiptId: string,
    account: Account,
  ): void {
    const { receiptForm, receiptPdu: command } = account.behaviour;
    for (const step of steps) {
      const filled = {
        stat: step.stat,
        form: step.form ?? receiptForm,
        pdu: step.pdu ?? command,
      };
      const { fields, text } = receiptPdu(
        { ...submit, messageId: receiptId, submittedAt: submit.at },
        filled,
        Date.now(),
      );
      const delivery = this.#record.addDelivery({
        kind: "receipt",
        systemId: account.systemId,
        command: filled.pdu,
        source: submit.destination,
        destination: submit.source,
        text,
        messageId: receiptId,
        submit: submit.number,
        stat: step.stat,
        part: undefined,
      });
      account.outbox.add(delivery, fields);
    }
  }
}

function written(messageId: number, base: "decimal" | "hex"): string {
  return base === "hex" ? messageId.toString(16).toUpperCase() : String(messageId);
}

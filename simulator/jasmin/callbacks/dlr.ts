/** Which receipt belongs to which message, and which of them the customer is told. */
import type { Timing } from "../gateway/behaviour.ts";
import type { DlrRequest, Receipt } from "../gateway/submit.ts";
import { Timers } from "../gateway/timers.ts";
import { toBinary } from "../python/text.ts";
import type { Throw } from "./thrower.ts";

interface Wanted extends DlrRequest {
  readonly cid: string;
  readonly expiresAt: number;
  readonly lifeMs: number;
}

/** Receipts that can be told; of others the gateway only logs an error. */
const TOLD = new Set([
  "DELIVRD",
  "EXPIRED",
  "DELETED",
  "UNDELIV",
  "ACCEPTD",
  "UNKNOWN",
  "REJECTD",
]);

/** Receipts after which no further one is told. */
const FINAL = new Set(["DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "REJECTD"]);

/** The two maps that the gateway keeps in Redis: they outlive a restart of the gateway. */
export class DlrMap {
  readonly #timers = new Timers();
  readonly #wanted = new Map<string, Wanted>();
  readonly #bySmscId = new Map<string, { readonly msgid: string; readonly expiresAt: number }>();

  constructor(
    private readonly timing: Timing,
    private readonly emit: (call: Throw) => void,
    /** A receipt that found its message. */
    private readonly told: (receipt: Receipt) => void,
  ) {
    this.#timers.every(60_000, () => this.#sweep());
  }

  stop(): void {
    this.#timers.stop();
  }

  /** Messages whose receipts are still wanted. */
  get size(): number {
    return this.#wanted.size;
  }

  want(msgid: string, request: DlrRequest, cid: string, lifeMs: number): void {
    this.#wanted.set(msgid, { ...request, cid, lifeMs, expiresAt: Date.now() + lifeMs });
  }

  /** The message behind an operator's id, if a receipt for it is wanted. */
  messageOf(smscId: string): string | undefined {
    return this.#bySmscId.get(smscId)?.msgid;
  }

  /** The operator answered the submit: a level 1 receipt. */
  answered(msgid: string, status: string, smscId: string | undefined): void {
    const wanted = this.#wanted.get(msgid);
    if (wanted === undefined) return;
    if (wanted.level !== 2) {
      const fields = { id: msgid, level: "1", message_status: status, connector: wanted.cid };
      this.emit({ kind: "dlr", url: wanted.url, method: wanted.method, fields });
      // An error ends it, even one after which the gateway sends the message again.
      if (wanted.level === 1 || status !== "ESME_ROK") this.#wanted.delete(msgid);
    }
    if (wanted.level !== 1 && status === "ESME_ROK" && smscId !== undefined) {
      this.#bySmscId.set(coded(smscId), { msgid, expiresAt: Date.now() + wanted.lifeMs });
    }
  }

  /** A receipt came: a level 2 one, looked up a second time when the message is not known yet. */
  receipt(receipt: Receipt, lastLook = false): void {
    const id = coded(receipt.smscId);
    const msgid = this.#bySmscId.get(id)?.msgid;
    const wanted = msgid === undefined ? undefined : this.#wanted.get(msgid);
    if (msgid === undefined || wanted === undefined) {
      if (!lastLook) this.#timers.after(this.timing.dlrLookupMs, () => this.receipt(receipt, true));
      return;
    }
    if (wanted.level === 1 || !TOLD.has(receipt.status)) return;
    const fields = {
      id: msgid,
      level: "2",
      message_status: receipt.status,
      connector: receipt.smscId,
      id_smsc: id,
      sub: receipt.sub,
      dlvrd: receipt.dlvrd,
      subdate: receipt.submitDate,
      donedate: receipt.doneDate,
      err: receipt.error,
      text: toBinary(receipt.text),
    };
    this.emit({ kind: "dlr", url: wanted.url, method: wanted.method, fields });
    if (FINAL.has(receipt.status)) this.#wanted.delete(msgid);
    this.told(receipt);
  }

  #sweep(): void {
    const now = Date.now();
    for (const map of [this.#wanted, this.#bySmscId]) {
      for (const [key, entry] of map) if (entry.expiresAt < now) map.delete(key);
    }
  }
}

/** How the gateway compares operators' ids. */
function coded(smscId: string): string {
  return smscId.toUpperCase().replace(/^0+/, "");
}

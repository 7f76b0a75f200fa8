/** The simulator's own account of what it accepted and delivered: the oracle of tests. */

export interface AcceptedMessage {
  readonly msgid: string;
  readonly uid: string;
  readonly cid: string;
  readonly from: string | null;
  readonly to: string;
  /** Content as hex, whole, before splitting. */
  readonly contentHex: string;
  readonly coding: number;
  readonly parts: number;
  readonly dlrUrl: string | null;
  readonly dlrLevel: number;
  readonly acceptedAt: Date;
}

/** An answer of an operator to a submit, or the end of a message without one. */
export interface SubmitResult {
  readonly msgid: string;
  readonly cid: string;
  readonly status: string;
  readonly smscId: string | null;
  readonly at: Date;
}

/** A receipt of an operator, whether or not anybody wanted to know. */
export interface ReceiptResult {
  readonly msgid: string | null;
  readonly smscId: string;
  readonly cid: string;
  readonly status: string;
  readonly at: Date;
}

/** One call to a callback URL. */
export interface CallbackAttempt {
  readonly kind: "dlr" | "mo";
  readonly url: string;
  readonly method: string;
  /** The form fields; `content` of an MO as a binary string. */
  readonly fields: Readonly<Record<string, string>>;
  /** From 1. */
  readonly attempt: number;
  /** HTTP status, or what went wrong. */
  readonly outcome: number | string;
  readonly acknowledged: boolean;
  readonly at: Date;
}

/** Entries in the order in which things happened, the oldest dropped beyond the limit. */
export class Ledger {
  readonly accepted: AcceptedMessage[] = [];
  readonly results: SubmitResult[] = [];
  readonly receipts: ReceiptResult[] = [];
  readonly callbacks: CallbackAttempt[] = [];

  /** @param limit entries kept of each kind */
  constructor(private readonly limit: number) {}

  noteAccepted(entry: AcceptedMessage): void {
    this.#push(this.accepted, entry);
  }

  noteResult(entry: SubmitResult): void {
    this.#push(this.results, entry);
  }

  noteReceipt(entry: ReceiptResult): void {
    this.#push(this.receipts, entry);
  }

  noteCallback(entry: CallbackAttempt): void {
    this.#push(this.callbacks, entry);
  }

  clear(): void {
    for (const list of [this.accepted, this.results, this.receipts, this.callbacks]) {
      list.length = 0;
    }
  }

  #push<T>(list: T[], entry: T): void {
    list.push(entry);
    // In batches: shifting a long array for each entry costs more than the slack.
    if (list.length > this.limit * 1.25) list.splice(0, list.length - this.limit);
  }
}

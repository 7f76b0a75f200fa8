/**
 * The SMSC's own record of what it received and sent: what tests of loss and duplication are
 * compared with.
 * @module
 */
import { assemble, type ReceivedMessage } from "./assembly.ts";
import {
  type Counts,
  type DeliveryCounts,
  type DeliveryRecord,
  type DestinationCount,
  type Open,
  type SubmitRecord,
} from "./model.ts";

/** What is kept. */
export interface RecordOptions {
  /** How many submits, and as many deliveries, are kept whole; 0 for counts only. @default 100000 */
  readonly keep?: number;
  /** How many destinations are counted one by one. @default 2000000 */
  readonly maxDestinations?: number;
}

/** What the record tells to those who keep more than it does. */
export interface RecordListener {
  submitReceived(submit: SubmitRecord): void;
  submitAnswered(submit: SubmitRecord): void;
  deliverySettled(delivery: DeliveryRecord): void;
}

function countsOfNothing(): Open<DeliveryCounts> {
  return { queued: 0, acknowledged: 0, givenUp: 0, tries: 0 };
}

export class SmscRecord {
  readonly #keep: number;
  readonly #maxDestinations: number;
  readonly #listener: RecordListener | undefined;
  readonly #statusName: (status: number) => string;
  readonly #waiters = new Set<() => void>();
  #submits: SubmitRecord[] = [];
  #deliveries: DeliveryRecord[] = [];
  #destinations = new Map<string, Open<DestinationCount>>();
  #byStatus = new Map<number, number>();
  #totals = { submits: 0, accepted: 0, messages: 0, answered: 0, truncated: false };
  #kinds = { receipt: countsOfNothing(), mo: countsOfNothing() };
  #lastSubmit = 0;
  #lastDelivery = 0;

  constructor(
    options: RecordOptions,
    statusName: (status: number) => string,
    listener?: RecordListener,
  ) {
    this.#keep = options.keep ?? 100_000;
    this.#maxDestinations = options.maxDestinations ?? 2_000_000;
    this.#statusName = statusName;
    this.#listener = listener;
  }

  /** The submits kept, oldest first. */
  submits(): readonly SubmitRecord[] {
    return kept(this.#submits, this.#keep);
  }

  /** The receipts and MOs kept, oldest first. */
  deliveries(): readonly DeliveryRecord[] {
    return kept(this.#deliveries, this.#keep);
  }

  /** Whole and incomplete messages from the submits that were taken. */
  messages(): ReceivedMessage[] {
    return assemble(this.submits().filter((submit) => submit.taken));
  }

  /** Counts of every destination, also of those whose submits are no longer kept. */
  destinations(): ReadonlyMap<string, DestinationCount> {
    return this.#destinations;
  }

  counts(): Counts {
    const { submits, accepted, messages, answered, truncated } = this.#totals;
    return {
      submits,
      accepted,
      messages,
      byStatus: Object.fromEntries(
        [...this.#byStatus].map(([status, count]) => [this.#statusName(status), count]),
      ),
      unanswered: submits - answered,
      forgotten: submits - Math.min(this.#submits.length, this.#keep),
      receipts: { ...this.#kinds.receipt },
      mo: { ...this.#kinds.mo },
      destinations: this.#destinations.size,
      destinationsTruncated: truncated,
    };
  }

  /**
   * Resolves as soon as the record fulfils the condition.
   * @throws {Error} with the counts, when it does not within `timeoutMs`
   */
  until(condition: (record: SmscRecord) => boolean, timeoutMs = 10_000): Promise<void> {
    if (condition(this)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition(this)) return;
        end();
        resolve();
      };
      const timer = setTimeout(() => {
        end();
        const counts = JSON.stringify(this.counts());
        reject(new Error(`The SMSC's record did not get there in ${timeoutMs} ms: ${counts}`));
      }, timeoutMs);
      const end = () => {
        clearTimeout(timer);
        this.#waiters.delete(check);
      };
      this.#waiters.add(check);
    });
  }

  /** Forgets everything received and sent; numbers go on. */
  clear(): void {
    this.#submits = [];
    this.#deliveries = [];
    this.#destinations = new Map();
    this.#byStatus = new Map();
    this.#totals = { submits: 0, accepted: 0, messages: 0, answered: 0, truncated: false };
    this.#kinds = { receipt: countsOfNothing(), mo: countsOfNothing() };
  }

  /** How many submits to a destination came before. */
  submitsTo(destination: string): number {
    return this.#destinations.get(destination)?.submits ?? 0;
  }

  /** The SMSC's own: a submit came and its outcome is decided. */
  addSubmit(fields: Omit<SubmitRecord, "number" | "answeredAt">): Open<SubmitRecord> {
    const submit = { ...fields, number: ++this.#lastSubmit, answeredAt: undefined };
    const last = !submit.part || submit.part.sequence === submit.part.total;
    const accepted = submit.taken ? 1 : 0;
    const message = accepted && last ? 1 : 0;
    this.#totals.submits++;
    this.#totals.accepted += accepted;
    this.#totals.messages += message;
    this.#byStatus.set(submit.status, (this.#byStatus.get(submit.status) ?? 0) + 1);
    const count = this.#destination(submit.destination);
    if (count) {
      count.submits++;
      count.accepted += accepted;
      count.messages += message;
    }
    this.#submits = pushed(this.#submits, submit, this.#keep);
    this.#listener?.submitReceived(submit);
    this.#changed();
    return submit;
  }

  /** The SMSC's own: the answer was written to the socket. */
  answerSubmit(submit: Open<SubmitRecord>): void {
    submit.answeredAt = Date.now();
    this.#totals.answered++;
    this.#listener?.submitAnswered(submit);
    this.#changed();
  }

  /** The SMSC's own: a receipt or MO is to be sent. */
  addDelivery(
    fields: Pick<
      DeliveryRecord,
      | "kind"
      | "systemId"
      | "command"
      | "source"
      | "destination"
      | "text"
      | "messageId"
      | "submit"
      | "stat"
      | "part"
    >,
  ): Open<DeliveryRecord> {
    const delivery: Open<DeliveryRecord> = {
      ...fields,
      number: ++this.#lastDelivery,
      at: Date.now(),
      state: "waiting",
      tries: 0,
      sentAt: undefined,
      status: undefined,
      answeredAt: undefined,
    };
    this.#kinds[delivery.kind].queued++;
    this.#deliveries = pushed(this.#deliveries, delivery, this.#keep);
    this.#changed();
    return delivery;
  }

  /** The SMSC's own: the delivery moved on. */
  moveDelivery(
    delivery: Open<DeliveryRecord>,
    state: DeliveryRecord["state"],
    status?: number,
  ): void {
    const counts = this.#kinds[delivery.kind];
    delivery.state = state;
    if (state === "sent") {
      delivery.tries++;
      delivery.sentAt = Date.now();
      counts.tries++;
    }
    if (status !== undefined) {
      delivery.status = status;
      delivery.answeredAt = Date.now();
    }
    if (state === "acknowledged") counts.acknowledged++;
    if (state === "given up") counts.givenUp++;
    if (state === "acknowledged" || state === "given up") this.#listener?.deliverySettled(delivery);
    this.#changed();
  }

  #destination(destination: string): Open<DestinationCount> | undefined {
    const known = this.#destinations.get(destination);
    if (known) return known;
    if (this.#destinations.size >= this.#maxDestinations) {
      this.#totals.truncated = true;
      return undefined;
    }
    const count = { submits: 0, accepted: 0, messages: 0 };
    this.#destinations.set(destination, count);
    return count;
  }

  #changed(): void {
    for (const check of this.#waiters) check();
  }
}

/** Appends; the array may hold twice what is kept, so that cutting it costs little for each entry. */
function pushed<Kept>(list: Kept[], entry: Kept, keep: number): Kept[] {
  if (keep === 0) return list;
  list.push(entry);
  return list.length >= 2 * keep ? list.slice(-keep) : list;
}

function kept<Kept>(list: readonly Kept[], keep: number): readonly Kept[] {
  return keep === 0 ? [] : list.slice(-keep);
}

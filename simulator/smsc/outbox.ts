/**
 * Receipts and MOs on their way to one account: they wait for a connection that receives, keep a
 * window of unanswered ones, and are sent again until the ESME takes them or the tries are used up.
 * @module
 */
import type { Behaviour } from "./behaviour.ts";
import type { DeliveryRecord, Open } from "./model.ts";
import type { SmscRecord } from "./record.ts";
import type { Cancel, Timeline } from "./timeline.ts";
import type { PduFields } from "./wire.ts";

/** A connection that receives. */
export interface Receiver {
  /** Writes a request; `onAnswer` gets the command_status. False when it can't be written. */
  request(command: string, fields: PduFields, onAnswer: (status: number) => void): boolean;
}

interface Delivery {
  readonly record: Open<DeliveryRecord>;
  readonly fields: PduFields;
  readonly onEnd: () => void;
}

interface InFlight {
  readonly delivery: Delivery;
  readonly expires: number;
}

/** A first-in first-out list; `shift` of a long array would copy it. */
class Queue<Item> {
  #items: Item[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  take(): Item | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    if (++this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  putBack(items: readonly Item[]): void {
    this.#items = [...items, ...this.#items.slice(this.#head)];
    this.#head = 0;
  }
}

type Settings = Pick<
  Behaviour,
  "halfOpen" | "window" | "deliverTimeout" | "retryDelay" | "maxTries"
>;

export class Outbox {
  readonly #settings: () => Settings;
  readonly #record: SmscRecord;
  readonly #timeline: Timeline;
  readonly #queue = new Queue<Delivery>();
  /** In order of sending, so the first of a connection is the first to expire. */
  readonly #receivers = new Map<Receiver, Set<InFlight>>();
  readonly #retired = new WeakSet<Receiver>();
  readonly #delayed = new Set<Delivery>();
  #turn = 0;
  #sweep: Cancel | undefined;
  #pumping = false;

  constructor(settings: () => Settings, record: SmscRecord, timeline: Timeline) {
    this.#settings = settings;
    this.#record = record;
    this.#timeline = timeline;
  }

  /** Sends as soon as a connection can take it; `onEnd` is called once it is taken or given up. */
  add(record: Open<DeliveryRecord>, fields: PduFields, onEnd: () => void = () => {}): void {
    this.#queue.push({ record, fields, onEnd });
    this.pump();
  }

  attach(receiver: Receiver): void {
    this.#receivers.set(receiver, new Set());
    this.pump();
  }

  /** The connection is about to end: it gets nothing new, its answers still count. */
  retire(receiver: Receiver): void {
    this.#retired.add(receiver);
  }

  /** The connection is gone: what it had not answered goes out again, first. */
  detach(receiver: Receiver): void {
    const inFlight = this.#receivers.get(receiver);
    if (!inFlight) return;
    this.#receivers.delete(receiver);
    const again = [...inFlight].map((each) => each.delivery).filter((each) => this.#mayRetry(each));
    this.#queue.putBack(again);
    this.pump();
  }

  /** Sends what can be sent now. */
  pump(): void {
    // A write may fail and detach its connection, which pumps.
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let next = this.#free(); next && this.#queue.size > 0; next = this.#free()) {
        const delivery = this.#queue.take();
        if (delivery) this.#send(next, delivery);
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** Gives up everything that is waiting, at the SMSC's end. */
  abandon(): void {
    this.#sweep?.();
    const open = [...this.#receivers.values()].flatMap((set) => [...set].map((e) => e.delivery));
    this.#receivers.clear();
    for (const each of [...open, ...this.#delayed]) each.onEnd();
    this.#delayed.clear();
    for (let each = this.#queue.take(); each; each = this.#queue.take()) each.onEnd();
  }

  /** A connection with room in its window, each in turn. */
  #free(): Receiver | undefined {
    const { halfOpen, window } = this.#settings();
    if (halfOpen) return undefined;
    const receivers = [...this.#receivers];
    for (let step = 0; step < receivers.length; step++) {
      const candidate = receivers[(this.#turn + step) % receivers.length];
      if (candidate && candidate[1].size < window && !this.#retired.has(candidate[0])) {
        this.#turn = (this.#turn + step + 1) % receivers.length;
        return candidate[0];
      }
    }
    return undefined;
  }

  #send(receiver: Receiver, delivery: Delivery): void {
    const inFlight = this.#receivers.get(receiver);
    if (!inFlight) return this.#queue.putBack([delivery]);
    const sent = { delivery, expires: performance.now() + this.#settings().deliverTimeout };
    inFlight.add(sent);
    this.#record.moveDelivery(delivery.record, "sent");
    const written = receiver.request(delivery.record.command, delivery.fields, (status) => {
      // An answer after the time-out, or after the connection was given up, changes nothing.
      if (inFlight.delete(sent) && this.#receivers.has(receiver)) this.#answered(delivery, status);
    });
    if (written) this.#watch();
    else this.detach(receiver);
  }

  #answered(delivery: Delivery, status: number): void {
    if (status === 0) {
      this.#record.moveDelivery(delivery.record, "acknowledged", status);
      delivery.onEnd();
    } else {
      this.#later(delivery, status);
    }
    this.pump();
  }

  #later(delivery: Delivery, status?: number): void {
    if (!this.#mayRetry(delivery, status)) return;
    this.#delayed.add(delivery);
    this.#timeline.after(this.#settings().retryDelay, () => {
      this.#delayed.delete(delivery);
      this.#queue.push(delivery);
      this.pump();
    });
  }

  #mayRetry(delivery: Delivery, status?: number): boolean {
    const again = delivery.record.tries < this.#settings().maxTries;
    this.#record.moveDelivery(delivery.record, again ? "waiting" : "given up", status);
    if (!again) delivery.onEnd();
    return again;
  }

  /** One timer for all time-outs. */
  #watch(): void {
    if (this.#sweep) return;
    const firsts = [...this.#receivers.values()].map((set) => set.values().next().value?.expires);
    const next = Math.min(...firsts.map((expires) => expires ?? Infinity));
    if (next === Infinity) return;
    this.#sweep = this.#timeline.after(Math.max(1, next - performance.now()), () => {
      this.#sweep = undefined;
      this.#expire();
      this.#watch();
    });
  }

  #expire(): void {
    const now = performance.now();
    for (const inFlight of this.#receivers.values()) {
      for (const sent of inFlight) {
        if (sent.expires > now) break;
        inFlight.delete(sent);
        this.#later(sent.delivery);
      }
    }
    this.pump();
  }
}

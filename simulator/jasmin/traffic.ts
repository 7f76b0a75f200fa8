/** Other programs' messages and phones' messages: what makes the demo's counters move. */
import type { MobileOriginated } from "./callbacks/mo.ts";
import { toBinary } from "./python/text.ts";
import { encodeGsm } from "./http/gsm0338.ts";
import { splitContent } from "./http/parts.ts";
import type { Gateway } from "./gateway/gateway.ts";
import type { Timers } from "./gateway/timers.ts";
import type { Random } from "./random.ts";

export interface TrafficOptions {
  /** Messages of other programs per second, averaged over a day. @default 5 */
  readonly perSecond?: number;
  /** How much the time of day changes the rate: 0 not at all, 1 from silence to twice. @default 0.6 */
  readonly dailySwing?: number;
  /** Local hour of most traffic. @default 13 */
  readonly peakHour?: number;
  /** Users that send, by uid, with their weights; all that may send over HTTP without it. */
  readonly users?: Readonly<Record<string, number>>;
  /** Connectors that they are sent by while they are bound, with their weights; all without it. */
  readonly connectors?: Readonly<Record<string, number>>;
  /** Messages of phones per minute. @default 6 */
  readonly moPerMinute?: number;
  /** Numbers that phones write to. */
  readonly moTo?: readonly string[];
  /** Connectors whose connection breaks, by the mean minutes between two breaks. */
  readonly flapping?: Readonly<Record<string, number>>;
  /** Country prefixes of the phones behind a connector, without `+`; 34 without it. */
  readonly prefixes?: Readonly<Record<string, readonly string[]>>;
}

const TICK_MS = 200;

const TEXTS: readonly string[] = [
  "Your verification code is 482913. It is valid for 10 minutes.",
  "Your parcel is out for delivery and will arrive between 10:00 and 12:00.",
  "Reminder: your appointment is tomorrow at 9:30. Reply C to cancel.",
  "Your payment of 24.90 EUR was received. Thank you.",
  "Su pedido ya está listo para recoger en la tienda. Gracias por su confianza.",
  "The weekend offer ends on Sunday: 20% off everything in store. To stop these messages " +
  "reply STOP. Opening hours and the list of shops that take part are on our web site, where " +
  "you can also see the offers of next week.",
];

const REPLIES: readonly string[] = ["STOP", "Yes", "C", "Thanks", "OK", "INFO", "Sí, gracias", "2"];

/** What the traffic does things to. */
export interface TrafficTarget {
  gateway(): Gateway;
  mo(mo: MobileOriginated): void;
  drop(cid: string): void;
}

export class Traffic {
  #due = 0;
  #reference = 0;

  constructor(
    private readonly options: TrafficOptions | undefined,
    private readonly random: Random,
    private readonly timers: Timers,
    private readonly target: TrafficTarget,
  ) {}

  /** Begins, if there is any traffic to make. */
  start(): void {
    const { options } = this;
    if (options === undefined) return;
    let last = performance.now();
    this.timers.every(TICK_MS, () => {
      const now = performance.now();
      const seconds = (now - last) / 1000;
      last = now;
      this.#due += seconds * rateAt(options, new Date()) * (0.5 + this.random.next());
      for (; this.#due >= 1; this.#due--) this.#submit(options);
      if (this.random.chance(seconds * (options.moPerMinute ?? 6) / 60)) this.#mo(options);
      for (const [cid, minutes] of Object.entries(options.flapping ?? {})) {
        if (this.random.chance(seconds / 60 / minutes)) this.target.drop(cid);
      }
    });
  }

  #submit(options: TrafficOptions): void {
    const gateway = this.target.gateway();
    const uid = this.#weighted(options.users ?? even(gateway.users.map((user) => user.uid)));
    const bound = this.#bound();
    const weights = Object.entries(options.connectors ?? even(bound));
    const cid = this.#weighted(
      Object.fromEntries(weights.filter(([name]) => bound.includes(name))),
    );
    if (uid === undefined || cid === undefined) return;
    const content = encodeGsm(this.random.pick(TEXTS) ?? "");
    this.#reference = this.#reference % 255 + 1;
    const parts = splitContent(content, 0, this.#reference, 5);
    const queued = gateway.submit({
      msgid: this.random.uuid(),
      uid,
      cid,
      source: {
        value: this.random.pick(["INFO", "Parcel", "Clinic", "22001"]) ?? "",
        isText: false,
      },
      destination: this.#number(options, cid),
      content,
      coding: 0,
      parts,
      priority: 0,
      receipt: this.random.chance(0.8),
      deferredCharge: 0,
      queuedAt: Date.now(),
      unencodable: false,
      tries: 0,
      smscId: "",
    }, undefined);
    if (!queued) return;
    // They came over HTTP, as everything else.
    const now = new Date();
    gateway.http.add("request_count");
    gateway.http.add("success_count");
    gateway.http.set("last_request_at", now);
    gateway.http.set("last_success_at", now);
    const { http } = gateway.activity(uid);
    for (const name of ["connects_count", "submit_sm_request_count"]) {
      http.set(name, Number(http.get(name) ?? 0) + 1);
    }
    http.set("last_activity_at", now);
  }

  #mo(options: TrafficOptions): void {
    const cid = this.random.pick(this.#bound());
    if (cid === undefined) return;
    const text = this.random.pick(REPLIES) ?? "OK";
    this.target.mo({
      cid,
      from: this.#number(options, cid),
      to: this.random.pick(options.moTo ?? ["22001"]) ?? "22001",
      content: toBinary(text),
    });
  }

  #bound(): string[] {
    return [...this.target.gateway().connectors.values()]
      .filter((connector) => connector.bound).map(({ cid }) => cid);
  }

  #number(options: TrafficOptions, cid: string): string {
    const prefix = this.random.pick(options.prefixes?.[cid] ?? []) ?? "34";
    const length = 11 - prefix.length;
    return prefix + "6" + String(this.random.int(10 ** (length - 1))).padStart(length - 1, "0");
  }

  #weighted(weights: Readonly<Record<string, number>>): string | undefined {
    const entries = Object.entries(weights);
    let left = this.random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.find(([, weight]) => (left -= weight) < 0)?.[0];
  }
}

function even(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** Messages per second at a time of day: a cosine with its top at the peak hour. */
export function rateAt(options: TrafficOptions, at: Date): number {
  const { perSecond = 5, dailySwing = 0.6, peakHour = 13 } = options;
  const hours = at.getHours() + at.getMinutes() / 60 - peakHour;
  return Math.max(0, perSecond * (1 + dailySwing * Math.cos(hours / 24 * 2 * Math.PI)));
}

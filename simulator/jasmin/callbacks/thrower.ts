/** Calls to the customers' URLs: receipts and messages of phones. */
import type { Timing } from "../gateway/behaviour.ts";
import { Timers } from "../gateway/timers.ts";
import type { Ledger } from "../record.ts";
import { toBytes } from "../python/text.ts";
import { call } from "./http_client.ts";

/** A call to make. Field values are binary strings. */
export interface Throw {
  readonly kind: "dlr" | "mo";
  readonly url: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** How a call ended for good: acknowledged, or given up. */
export type ThrowEnd = (acknowledged: boolean) => void;

/** Simultaneous calls; the gateway has no bound of its own. */
const MOST_CALLS = 256;

const AGENTS = { dlr: "DLRThrower", mo: "deliverSmHttpThrower" };

export class Thrower {
  readonly #timers = new Timers();
  readonly #waiting: { call: Throw; attempt: number; retry: boolean; end: ThrowEnd }[] = [];
  readonly #abort = new AbortController();
  #running = 0;

  constructor(private readonly timing: Timing, private readonly ledger: Ledger) {}

  /** Calls now and, with `retry`, again until it is acknowledged or the tries are used up. */
  throw(call: Throw, retry: boolean, end: ThrowEnd = () => {}): void {
    this.#enqueue({ call, attempt: 1, retry, end });
  }

  /** Ends all calls. */
  stop(): void {
    this.#timers.stop();
    this.#waiting.length = 0;
    this.#abort.abort();
  }

  /** Calls under way or waiting for their turn, retries to come not counted. */
  get pending(): number {
    return this.#running + this.#waiting.length;
  }

  #enqueue(job: { call: Throw; attempt: number; retry: boolean; end: ThrowEnd }): void {
    this.#waiting.push(job);
    this.#next();
  }

  #next(): void {
    while (this.#running < MOST_CALLS) {
      const job = this.#waiting.shift();
      if (job === undefined || this.#abort.signal.aborted) return;
      this.#running++;
      this.#attempt(job.call, job.attempt).then((acknowledged) => {
        this.#running--;
        if (this.#abort.signal.aborted) return;
        if (acknowledged) job.end(true);
        else if (!job.retry || job.attempt > this.timing.callbackRetries) job.end(false);
        else {
          this.#timers.after(
            this.timing.callbackRetryMs,
            () => this.#enqueue({ ...job, attempt: job.attempt + 1 }),
          );
        }
        this.#next();
      });
    }
  }

  async #attempt(thrown: Throw, attempt: number): Promise<boolean> {
    let outcome: number | string;
    let acknowledged = false;
    try {
      const { status, text } = await call(
        {
          method: thrown.method,
          url: thrown.url,
          form: encodeForm(thrown.fields),
          agent: `Jasmin gateway/1.0 ${AGENTS[thrown.kind]}`,
        },
        AbortSignal.any([
          this.#abort.signal,
          AbortSignal.timeout(this.timing.callbackTimeoutMs),
        ]),
      );
      outcome = status;
      acknowledged = status < 400 && text.trim() === "ACK/Jasmin";
    } catch (error) {
      outcome = error instanceof Error ? error.message : String(error);
    }
    if (!this.#abort.signal.aborted) {
      this.ledger.noteCallback({ ...thrown, attempt, outcome, acknowledged, at: new Date() });
    }
    return acknowledged;
  }
}

/** `application/x-www-form-urlencoded` of binary strings. */
export function encodeForm(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).map(([name, value]) => `${quote(name)}=${quote(value)}`).join("&");
}

function quote(value: string): string {
  if (/^[\w.~-]*$/.test(value)) return value;
  let out = "";
  for (const byte of toBytes(value)) {
    const character = String.fromCharCode(byte);
    if (/[\w.~-]/.test(character)) out += character;
    else if (byte === 0x20) out += "+";
    else out += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

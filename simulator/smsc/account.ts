/**
 * One SMSC account: who may bind as it, how it behaves, what it is to receive.
 * @module
 */
import { type Behaviour, type BehaviourPatch, changedBehaviour } from "./behaviour.ts";
import { Outbox } from "./outbox.ts";
import type { SmscRecord } from "./record.ts";
import type { Timeline } from "./timeline.ts";

/** An account as it is configured. */
export interface AccountOptions {
  /** What binds say, at most 15 characters (SMPP 3.4, 5.2.1). */
  readonly systemId: string;
  /** At most 8 characters by the standard. */
  readonly password: string;
  /** The system_id that the SMSC answers with. @default the name given to startSmsc */
  readonly name?: string;
  /** What differs from the SMSC's behaviour. */
  readonly behaviour?: BehaviourPatch;
}

const SECOND = 1000;

export class Account {
  readonly systemId: string;
  readonly password: string;
  readonly name: string;
  readonly outbox: Outbox;
  #behaviour: Behaviour;
  /** Times of the latest submits let through, as many as the throttle allows in a second. */
  #passed = new Float64Array(0);
  #passedAt = 0;

  constructor(
    options: AccountOptions,
    base: Behaviour,
    name: string,
    record: SmscRecord,
    timeline: Timeline,
  ) {
    this.systemId = options.systemId;
    this.password = options.password;
    this.name = options.name ?? name;
    this.#behaviour = changedBehaviour(base, options.behaviour ?? {});
    this.outbox = new Outbox(() => this.#behaviour, record, timeline);
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  /** @throws {ValidationError} naming each setting that is unknown or out of range */
  change(patch: BehaviourPatch): void {
    this.#behaviour = changedBehaviour(this.#behaviour, patch);
    this.outbox.pump();
  }

  /** True when one more submit stays within the throttle, in any window of one second. */
  mayPass(): boolean {
    const { throttle } = this.#behaviour;
    if (throttle === 0) return true;
    if (this.#passed.length !== throttle) {
      this.#passed = new Float64Array(throttle).fill(-Infinity);
      this.#passedAt = 0;
    }
    const now = performance.now();
    if (now - (this.#passed[this.#passedAt] ?? 0) < SECOND) return false;
    this.#passed[this.#passedAt] = now;
    this.#passedAt = (this.#passedAt + 1) % throttle;
    return true;
  }
}

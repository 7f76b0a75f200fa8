/** An SMPP connector: its service, and its queue with one submit_sm under way. */
import type { Random } from "../random.ts";
import type { ConnectorBehaviour, Timing } from "./behaviour.ts";
import { configNumber, type ConfigValue } from "./connector_config.ts";
import type { Counters } from "./counters.ts";
import { Link, type LogLevel, type SessionState } from "./link.ts";
import { messagePdu, namingPdu, plainPdu } from "./pdu.ts";
import type { Submit } from "./submit.ts";
import { type SubmitSm, submitSm } from "./submit_sm.ts";
import { Timers } from "./timers.ts";

/** What a connector tells its gateway. */
export interface ConnectorEvents {
  log(connector: Connector, level: LogLevel, message: string): void;
  /** Whether the connector's log keeps PDUs. */
  logsPdus(connector: Connector): boolean;
  /** A message reached the operator; called before its answer. @returns its ids, part by part */
  sent(connector: Connector, submit: Submit): readonly string[];
  /** The operator's answer to a message that was sent. */
  answer(connector: Connector, submit: Submit): string;
  /** The operator answered; returns the delay before a retry, or undefined when it is final. */
  answered(connector: Connector, submit: Submit, status: string): number | undefined;
  /** The message leaves the queue without an answer. */
  dropped(connector: Connector, submit: Submit, reason: string): void;
}

interface ConnectorContext {
  behaviour(): ConnectorBehaviour;
  readonly timing: Timing;
  readonly random: Random;
  readonly events: ConnectorEvents;
}

export class Connector {
  running = false;
  starts = 0;
  stops = 0;
  /** Set by an update of host, port or credentials and never unset. */
  pendingRestart = false;
  readonly #timers = new Timers();
  readonly #link: Link;
  #epoch = 0;
  #busy = false;
  #inFlight: Submit | undefined;
  /** Whether the message under way has reached the operator. */
  #sent = false;
  #afterAnswer: (() => void) | undefined;
  /** Under way when the connection was lost; nothing else is sent until they are back. */
  readonly #lost = new Set<Submit>();
  #lastSubmitAt = 0;

  constructor(
    readonly cid: string,
    readonly config: Map<string, ConfigValue>,
    readonly counters: Counters,
    /** Lives longer than the connector, as the broker's queue does. */
    readonly queue: Submit[],
    private readonly context: ConnectorContext,
  ) {
    this.#link = new Link({
      config,
      counters,
      timing: context.timing,
      timers: this.#timers,
      behaviour: () => context.behaviour(),
      log: (level, message) => context.events.log(this, level, message),
      logsPdus: () => context.events.logsPdus(this),
      gaveUp: () => this.stop(),
    });
  }

  get state(): SessionState {
    return this.#link.state;
  }

  get bound(): boolean {
    return this.#link.bound;
  }

  /** False when it runs already or its session is not yet closed. */
  start(): boolean {
    if (this.running || (this.state !== "NONE" && this.state !== "UNBOUND")) return false;
    this.running = true;
    this.starts++;
    this.#link.open();
    this.pump();
    return true;
  }

  /** False when it was stopped already. */
  stop(): boolean {
    if (!this.running) return false;
    this.running = false;
    this.stops++;
    // What the operator has is still answered; what it has not goes back to the queue.
    if (!this.#sent) this.#giveBackAll();
    this.#link.close((unbind) => {
      if (this.#sent) this.#afterAnswer = unbind;
      else unbind();
    });
    return true;
  }

  /** Stops and then ends for good, when what is under way is answered. */
  retire(): void {
    this.stop();
    if (this.#sent) this.#afterAnswer = () => this.dispose();
    else this.dispose();
  }

  /** The connection breaks. A submit under way is kept back until its answer would be late. */
  drop(kept: "timeout" | "requeue" = "timeout"): void {
    if (this.state === "NONE") return;
    const inFlight = this.#inFlight;
    this.#epoch++;
    this.#sent = false;
    if (inFlight !== undefined) {
      this.#inFlight = undefined;
      this.#lost.add(inFlight);
      const wait = kept === "timeout" ? this.context.timing.lostInFlightMs : 0;
      this.#timers.after(wait, () => {
        // A stop may have given it back already.
        if (this.#lost.delete(inFlight)) this.#again(inFlight);
      });
    }
    this.#link.break();
  }

  /** The operator hands a message or a receipt over. */
  delivered(message: SubmitSm): void {
    this.#link.delivered((sequence) => messagePdu("deliver_sm", sequence, message));
  }

  /** Ends for good, its queue excepted. */
  dispose(): void {
    this.running = false;
    this.#giveBackAll();
    this.#timers.stop();
    this.#link.dispose();
  }

  /** Takes the next message if none is under way. */
  pump(): void {
    if (!this.running || this.#busy) return;
    const submit = this.queue.shift();
    if (submit === undefined) return;
    this.#busy = true;
    this.#inFlight = submit;
    submit.tries++;
    const epoch = this.#epoch;
    const wait = this.#throttle();
    if (wait > 0) this.#timers.after(wait, () => this.#offer(submit, epoch));
    else this.#offer(submit, epoch);
  }

  /**
   * Time until `submit_throughput` allows the next submit. The gateway waits only for the part
   * below one second of it, which is how it is written there.
   */
  #throttle(): number {
    const perSecond = configNumber(this.config, "submit_throughput");
    if (perSecond <= 0) return 0;
    const missing = 1000 / perSecond - (performance.now() - this.#lastSubmitAt);
    return missing > 0 ? missing % 1000 : 0;
  }

  #offer(submit: Submit, epoch: number): void {
    if (epoch !== this.#epoch) return;
    this.#lastSubmitAt = performance.now();
    const { timing } = this.context;
    if (!this.bound) {
      if (Date.now() - submit.queuedAt > timing.maxAgeMs) {
        this.#drop(submit, epoch, "over-aged");
      } else this.#timers.after(timing.notReadyMs, () => this.#retry(submit, epoch));
    } else if (submit.unencodable) this.#drop(submit, epoch, "not encodable");
    else this.#submit(submit, epoch);
  }

  #drop(submit: Submit, epoch: number, reason: string): void {
    this.context.events.dropped(this, submit, reason);
    this.#finish(submit, epoch);
  }

  #submit(submit: Submit, epoch: number): void {
    const { random, events, timing } = this.context;
    const { latencyMs, latencyJitterMs } = this.context.behaviour();
    this.counters.add("submit_sm_request_count", submit.parts.length);
    const sequences = submit.parts.map((_, part) =>
      this.#link.sentPdu((sequence) =>
        messagePdu("submit_sm", sequence, submitSm(submit, part, this.config))
      )
    );
    const ids = events.sent(this, submit);
    this.#sent = true;
    const latency = latencyMs + (latencyJitterMs > 0 ? random.exponential(latencyJitterMs) : 0);
    const answer = (): void => {
      if (epoch !== this.#epoch) return;
      const status = events.answer(this, submit);
      this.#count(status, submit.parts.length);
      for (const [part, sequence] of sequences.entries()) {
        this.#link.receivedPdu(() =>
          status === "ESME_ROK"
            ? namingPdu("submit_sm_resp", sequence, "message_id", ids[part] ?? "")
            : plainPdu("submit_sm_resp", sequence, status)
        );
      }
      const delay = events.answered(this, submit, status);
      this.#sent = false;
      if (delay === undefined) this.#finish(submit, epoch);
      else if (!this.running) this.#giveBackAll();
      else this.#timers.after(delay * timing.retryScale, () => this.#retry(submit, epoch));
    };
    const answerAndGoOn = (): void => {
      answer();
      const next = this.#afterAnswer;
      this.#afterAnswer = undefined;
      next?.();
    };
    if (latency > 0) this.#timers.after(latency, answerAndGoOn);
    else setImmediate(answerAndGoOn);
  }

  #count(status: string, parts: number): void {
    if (status === "ESME_ROK") this.counters.add("submit_sm_count", parts);
    else if (status === "ESME_RTHROTTLED") this.counters.add("throttling_error_count", parts);
    else this.counters.add("other_submit_error_count", parts);
  }

  #finish(submit: Submit, epoch: number): void {
    if (epoch !== this.#epoch || this.#inFlight !== submit) return;
    this.#inFlight = undefined;
    this.#busy = false;
    this.pump();
  }

  #retry(submit: Submit, epoch: number): void {
    if (epoch === this.#epoch) this.#again(submit);
  }

  #again(submit: Submit): void {
    this.queue.unshift(submit);
    this.#inFlight = undefined;
    this.#busy = false;
    this.pump();
  }

  #giveBackAll(): void {
    this.#epoch++;
    this.#sent = false;
    this.queue.unshift(...this.#lost, ...(this.#inFlight === undefined ? [] : [this.#inFlight]));
    this.#lost.clear();
    this.#inFlight = undefined;
    this.#busy = false;
  }
}

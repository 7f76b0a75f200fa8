/** An SMPP connector: its service, its session, its queue with one submit_sm under way. */
import type { Random } from "../random.ts";
import type { ConnectorBehaviour, Timing } from "./behaviour.ts";
import { configNumber, configText, type ConfigValue } from "./connector_config.ts";
import type { Counters } from "./counters.ts";
import type { Submit } from "./submit.ts";
import { Timers } from "./timers.ts";

export type SessionState =
  | "NONE"
  | "OPEN"
  | `BIND_${"TX" | "RX" | "TRX"}_PENDING`
  | `BOUND_${"TX" | "RX" | "TRX"}`
  | "UNBIND_PENDING"
  | "UNBOUND";

/** What a connector tells its gateway. */
export interface ConnectorEvents {
  log(connector: Connector, level: string, message: string): void;
  /** The operator's answer to a submit that was sent. */
  answer(connector: Connector): string;
  /** The operator answered; returns the delay before a retry, or undefined when it is final. */
  answered(connector: Connector, submit: Submit, status: string): number | undefined;
  /** The message leaves the queue without an answer. */
  dropped(connector: Connector, submit: Submit, reason: string): void;
  /** Called before the answer, for receipts that overtake it. */
  sent(connector: Connector, submit: Submit): void;
}

/** Below it nothing ever listens: a port for connectors that are to fail. */
const FIRST_USED_PORT = 10;

const MODES: Readonly<Record<string, "TX" | "RX" | "TRX">> = {
  transmitter: "TX",
  receiver: "RX",
};

export class Connector {
  running = false;
  starts = 0;
  stops = 0;
  /** Set by an update of host, port or credentials and never unset. */
  pendingRestart = false;
  state: SessionState = "NONE";
  readonly #timers = new Timers();
  #epoch = 0;
  #busy = false;
  #inFlight: Submit | undefined;
  /** Under way when the connection was lost; nothing else is sent until they are back. */
  readonly #lost = new Set<Submit>();
  #lastSubmitAt = 0;
  #sequence = 0;

  constructor(
    readonly cid: string,
    readonly config: Map<string, ConfigValue>,
    readonly counters: Counters,
    /** Lives longer than the connector, as the broker's queue does. */
    readonly queue: Submit[],
    private readonly context: {
      behaviour(): ConnectorBehaviour;
      readonly timing: Timing;
      readonly random: Random;
      readonly events: ConnectorEvents;
    },
  ) {}

  get bound(): boolean {
    return this.state.startsWith("BOUND_");
  }

  /** False when it runs already or its session is not yet closed. */
  start(): boolean {
    if (this.running || (this.state !== "NONE" && this.state !== "UNBOUND")) return false;
    this.running = true;
    this.starts++;
    this.#connect();
    this.pump();
    return true;
  }

  /** False when it was stopped already. */
  stop(): boolean {
    if (!this.running) return false;
    this.running = false;
    this.stops++;
    this.#epoch++;
    this.#requeueInFlight();
    this.#log("INFO", "Ordering a disconnect with no further reconnections.");
    this.#log("INFO", "Stopped automatic connection retrying.");
    if (this.bound) {
      this.#log("INFO", "Disconnecting SMPP client");
      this.#log("WARNING", "Waiting for in-progress transactions to finish...");
      this.#log("WARNING", "Issuing unbind request");
      this.state = "UNBIND_PENDING";
      this.#sent();
      this.#timers.after(this.context.behaviour().unbindMs, () => {
        this.#log("WARNING", "Unbind succeeded");
        this.#log("WARNING", "Disconnecting...");
        this.state = "UNBOUND";
        this.#timers.after(1, () => this.#disconnected("Connection was closed cleanly."));
      });
    } else if (this.state !== "NONE") this.#disconnected("Connection was closed cleanly.");
    return true;
  }

  /** The connection breaks. A submit under way is kept back until its answer would be late. */
  drop(kept: "timeout" | "requeue" = "timeout"): void {
    if (this.state === "NONE") return;
    const inFlight = this.#inFlight;
    this.#epoch++;
    if (inFlight !== undefined) {
      this.#inFlight = undefined;
      const wait = kept === "timeout" ? this.context.timing.lostInFlightMs : 0;
      this.#lost.add(inFlight);
      this.#timers.after(wait, () => this.#giveBack(inFlight));
    }
    this.#disconnected("Connection to the other side was lost in a non-clean fashion.");
    if (this.running) this.#reconnect("loss");
  }

  /** Ends for good, its queue excepted. */
  dispose(): void {
    this.running = false;
    this.#epoch++;
    this.#requeueInFlight();
    this.#timers.stop();
    if (this.state !== "NONE") this.#disconnected("Connection was closed cleanly.");
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
    if (!this.bound) {
      if (Date.now() - submit.queuedAt > this.context.timing.maxAgeMs) {
        this.#finish(submit, epoch);
        this.context.events.dropped(this, submit, "over-aged");
      } else {
        this.#timers.after(this.context.timing.notReadyMs, () => this.#retry(submit, epoch));
      }
      return;
    }
    if (submit.unencodable) {
      this.#finish(submit, epoch);
      this.context.events.dropped(this, submit, "not encodable");
      return;
    }
    this.#submit(submit, epoch);
  }

  #submit(submit: Submit, epoch: number): void {
    const { random, events } = this.context;
    const behaviour = this.context.behaviour();
    this.counters.add("submit_sm_request_count", submit.parts.length);
    for (let i = 0; i < submit.parts.length; i++) this.#sent();
    events.sent(this, submit);
    const latency = behaviour.latencyMs +
      (behaviour.latencyJitterMs > 0 ? random.exponential(behaviour.latencyJitterMs) : 0);
    const answer = () => {
      if (epoch !== this.#epoch) return;
      const status = events.answer(this);
      this.#count(status, submit.parts.length);
      const delay = events.answered(this, submit, status);
      if (delay === undefined) this.#finish(submit, epoch);
      else {
        const wait = delay * this.context.timing.retryScale;
        this.#timers.after(wait, () => this.#retry(submit, epoch));
      }
    };
    if (latency > 0) this.#timers.after(latency, answer);
    else setImmediate(answer);
  }

  #count(status: string, parts: number): void {
    this.counters.set("last_received_pdu_at", new Date());
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

  #giveBack(submit: Submit): void {
    // A stop gave it back already.
    if (this.#lost.delete(submit)) this.#again(submit);
  }

  #requeueInFlight(): void {
    this.queue.unshift(...this.#lost, ...(this.#inFlight === undefined ? [] : [this.#inFlight]));
    this.#lost.clear();
    this.#inFlight = undefined;
    this.#busy = false;
  }

  #connect(): void {
    const epoch = this.#epoch;
    const { host, port } = this.#endpoint();
    this.#log("INFO", `Establishing TCP connection to ${host}:${port}`);
    this.#log(
      "INFO",
      `Connecting to IPv4Address(type='TCP', host='${host}', port=${port}) ...`,
    );
    this.#timers.after(this.context.behaviour().connectMs, () => {
      if (epoch !== this.#epoch) return;
      if (this.context.behaviour().refuseConnection || Number(port) < FIRST_USED_PORT) {
        this.#log(
          "ERROR",
          "Connection failed. Reason: [Failure instance: Traceback (failure with no frames): " +
            "<class 'twisted.internet.error.ConnectionRefusedError'>: Connection was refused by " +
            "other side: 111: Connection refused.\n]",
        );
        this.#reconnect("failure");
        return;
      }
      this.state = "OPEN";
      this.counters.set("connected_at", new Date());
      this.counters.add("connected_count");
      this.#log("WARNING", `SMPP connection established from ${host} to port ${port}`);
      this.#log("INFO", `Connection made to ${host}:${port}`);
      this.#bind(epoch);
    });
  }

  #bind(epoch: number): void {
    const operation = configText(this.config.get("bind") ?? null);
    const mode = MODES[operation] ?? "TRX";
    this.#log("WARNING", `Requesting bind as ${operation}`);
    this.state = `BIND_${mode}_PENDING`;
    this.#sent();
    this.#timers.after(this.context.behaviour().bindMs, () => {
      if (epoch !== this.#epoch) return;
      this.counters.set("last_received_pdu_at", new Date());
      if (this.context.behaviour().failBind) {
        this.#log("ERROR", "Bind failed [ESME_RBINDFAIL]. Disconnecting...");
        this.#epoch++;
        this.#disconnected("Connection was closed cleanly.");
        this.#reconnect("loss");
        return;
      }
      this.counters.set("bound_at", new Date());
      this.counters.add("bound_count");
      this.state = `BOUND_${mode}`;
      this.#log("WARNING", `Bind succeeded...now in state SMPPSessionStates.BOUND_${mode}`);
      this.#keepAlive(epoch);
    });
  }

  #keepAlive(epoch: number): void {
    const seconds = configNumber(this.config, "elink_interval");
    if (seconds <= 0) return;
    this.#timers.after(seconds * 1000, () => {
      if (epoch !== this.#epoch || !this.bound) return;
      const now = new Date();
      this.#sent();
      this.counters.add("elink_count");
      this.counters.set("last_sent_elink_at", now);
      this.counters.set("last_received_pdu_at", now);
      this.#keepAlive(epoch);
    });
  }

  #disconnected(reason: string): void {
    const { host, port } = this.#endpoint();
    this.state = "NONE";
    this.counters.set("disconnected_at", new Date());
    this.counters.add("disconnected_count");
    const failure = "[Failure instance: Traceback (failure with no frames): " +
      `<class 'twisted.internet.error.ConnectionDone'>: ${reason}\n]`;
    this.#log("WARNING", `SMPP ${host} disconnected from port ${port}: ${failure}`);
    this.#log("ERROR", `Connection lost. Reason: ${failure}`);
  }

  #reconnect(cause: "loss" | "failure"): void {
    const key = cause === "loss" ? "con_loss" : "con_fail";
    if (this.config.get(`${key}_retry`) !== true) {
      this.#log("INFO", "Exiting.");
      // A failed first connection stops the service; a lost one leaves it running for nothing.
      if (cause === "failure") this.stop();
      return;
    }
    const seconds = configNumber(this.config, `${key}_delay`);
    this.#log("INFO", `Reconnecting after ${Math.trunc(seconds)} seconds ...`);
    const epoch = this.#epoch;
    this.#timers.after(seconds * 1000 * this.context.timing.retryScale, () => {
      if (epoch === this.#epoch && this.running) this.#connect();
    });
  }

  #sent(): void {
    const now = new Date();
    this.counters.set("last_sent_pdu_at", now);
    this.counters.set("last_seqNum_at", now);
    this.counters.set("last_seqNum", ++this.#sequence);
  }

  #endpoint(): { host: string; port: string } {
    return {
      host: configText(this.config.get("host") ?? null),
      port: configText(this.config.get("port") ?? null),
    };
  }

  #log(level: string, message: string): void {
    this.context.events.log(this, level, message);
  }
}

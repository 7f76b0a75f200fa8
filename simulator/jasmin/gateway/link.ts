/** A connector's connection to its operator: connecting, binding, keeping alive, coming back. */
import type { ConnectorBehaviour, Timing } from "./behaviour.ts";
import { configNumber, configText, type ConfigValue } from "./connector_config.ts";
import type { Counters } from "./counters.ts";
import type { Timers } from "./timers.ts";

export type SessionState =
  | "NONE"
  | "OPEN"
  | `BIND_${"TX" | "RX" | "TRX"}_PENDING`
  | `BOUND_${"TX" | "RX" | "TRX"}`
  | "UNBIND_PENDING"
  | "UNBOUND";

export interface LinkContext {
  readonly config: ReadonlyMap<string, ConfigValue>;
  readonly counters: Counters;
  readonly timing: Timing;
  readonly timers: Timers;
  behaviour(): ConnectorBehaviour;
  log(level: string, message: string): void;
  /** It failed to connect and is told not to try again. */
  gaveUp(): void;
}

/** Below it nothing ever listens: a port for connectors that are to fail. */
const FIRST_USED_PORT = 10;

const MODES: Readonly<Record<string, "TX" | "RX" | "TRX">> = { transmitter: "TX", receiver: "RX" };

const CLEAN = "Connection was closed cleanly.";
const BROKEN = "Connection to the other side was lost in a non-clean fashion.";
const REFUSED = failure(
  "ConnectionRefusedError",
  "Connection was refused by other side: 111: Connection refused.",
);

export class Link {
  state: SessionState = "NONE";
  /** Whatever was begun in an earlier epoch is void. */
  #epoch = 0;
  #sequence = 0;

  constructor(private readonly context: LinkContext) {}

  get bound(): boolean {
    return this.state.startsWith("BOUND_");
  }

  /** Connects and binds, again and again as the configuration says. */
  open(): void {
    const { log, timers, behaviour, counters } = this.context;
    const epoch = this.#epoch;
    const { host, port } = this.#endpoint();
    log("INFO", `Establishing TCP connection to ${host}:${port}`);
    log("INFO", `Connecting to IPv4Address(type='TCP', host='${host}', port=${port}) ...`);
    timers.after(behaviour().connectMs, () => {
      if (epoch !== this.#epoch) return;
      if (behaviour().refuseConnection || Number(port) < FIRST_USED_PORT) {
        log("ERROR", `Connection failed. Reason: ${REFUSED}`);
        this.#again("fail");
        return;
      }
      this.state = "OPEN";
      counters.set("connected_at", new Date());
      counters.add("connected_count");
      log("WARNING", `SMPP connection established from ${host} to port ${port}`);
      log("INFO", `Connection made to ${host}:${port}`);
      this.#bind(epoch);
    });
  }

  /** Unbinds if it is bound, and does not come back. */
  close(): void {
    const { log, timers, behaviour } = this.context;
    this.#epoch++;
    log("INFO", "Ordering a disconnect with no further reconnections.");
    log("INFO", "Stopped automatic connection retrying.");
    if (!this.bound) {
      if (this.state !== "NONE") this.#disconnected(CLEAN, "ConnectionDone");
      return;
    }
    log("INFO", "Disconnecting SMPP client");
    log("INFO", "Waiting for in-progress transactions to finish...");
    log("WARNING", "Issuing unbind request");
    this.state = "UNBIND_PENDING";
    this.sentPdu();
    timers.after(behaviour().unbindMs, () => {
      log("WARNING", "Unbind succeeded");
      log("WARNING", "Disconnecting...");
      this.state = "UNBOUND";
      timers.after(1, () => this.#disconnected(CLEAN, "ConnectionDone"));
    });
  }

  /** The connection breaks; it comes back if the configuration says so. */
  break(): void {
    this.#epoch++;
    this.#disconnected(BROKEN, "ConnectionLost");
    this.#again("loss");
  }

  /** Ends without another word on the line. */
  dispose(): void {
    this.#epoch++;
    if (this.state !== "NONE") this.#disconnected(CLEAN, "ConnectionDone");
  }

  /** Counts a PDU that goes out. */
  sentPdu(): void {
    const now = new Date();
    const { counters } = this.context;
    counters.set("last_sent_pdu_at", now);
    counters.set("last_seqNum_at", now);
    counters.set("last_seqNum", ++this.#sequence);
  }

  #bind(epoch: number): void {
    const { log, config, timers, behaviour, counters } = this.context;
    const operation = configText(config.get("bind") ?? null);
    const mode = MODES[operation] ?? "TRX";
    log("WARNING", `Requesting bind as ${operation}`);
    this.state = `BIND_${mode}_PENDING`;
    this.sentPdu();
    timers.after(behaviour().bindMs, () => {
      if (epoch !== this.#epoch) return;
      counters.set("last_received_pdu_at", new Date());
      if (behaviour().failBind) {
        log("ERROR", "Bind failed [ESME_RBINDFAIL]. Disconnecting...");
        this.#epoch++;
        this.#disconnected(CLEAN, "ConnectionDone");
        this.#again("loss");
        return;
      }
      counters.set("bound_at", new Date());
      counters.add("bound_count");
      this.state = `BOUND_${mode}`;
      log("WARNING", `Bind succeeded...now in state SMPPSessionStates.BOUND_${mode}`);
      this.#keepAlive(epoch);
    });
  }

  #keepAlive(epoch: number): void {
    const { config, timers, counters } = this.context;
    const seconds = configNumber(config, "elink_interval");
    if (seconds <= 0) return;
    timers.after(seconds * 1000, () => {
      if (epoch !== this.#epoch) return;
      const now = new Date();
      this.sentPdu();
      counters.add("elink_count");
      counters.set("last_sent_elink_at", now);
      counters.set("last_received_pdu_at", now);
      this.#keepAlive(epoch);
    });
  }

  #disconnected(reason: string, kind: string): void {
    const { log, counters } = this.context;
    const { host, port } = this.#endpoint();
    this.state = "NONE";
    counters.set("disconnected_at", new Date());
    counters.add("disconnected_count");
    log("WARNING", `SMPP ${host} disconnected from port ${port}: ${failure(kind, reason)}`);
    log("ERROR", `Connection lost. Reason: ${failure(kind, reason)}`);
  }

  #again(cause: "loss" | "fail"): void {
    const { log, config, timers, timing } = this.context;
    if (config.get(`con_${cause}_retry`) !== true) {
      log("INFO", "Exiting.");
      // A failed first connection stops the service; a lost one leaves it running for nothing.
      if (cause === "fail") this.context.gaveUp();
      return;
    }
    const seconds = configNumber(config, `con_${cause}_delay`);
    log("INFO", `Reconnecting after ${Math.trunc(seconds)} seconds ...`);
    const epoch = this.#epoch;
    timers.after(seconds * 1000 * timing.retryScale, () => {
      if (epoch === this.#epoch) this.open();
    });
  }

  #endpoint(): { host: string; port: string } {
    const { config } = this.context;
    return {
      host: configText(config.get("host") ?? null),
      port: configText(config.get("port") ?? null),
    };
  }
}

function failure(kind: string, reason: string): string {
  return "[Failure instance: Traceback (failure with no frames): " +
    `<class 'twisted.internet.error.${kind}'>: ${reason}\n]`;
}

/** A connector's connection to its operator: connecting, binding, keeping alive, coming back. */
import type { ConnectorBehaviour, Timing } from "./behaviour.ts";
import { configNumber, configText, type ConfigValue } from "./connector_config.ts";
import type { Counters } from "./counters.ts";
import { bindPdu, namingPdu, type Pdu, plainPdu, receivedLines, sendingLines } from "./pdu.ts";
import type { Timers } from "./timers.ts";

export type SessionState =
  | "NONE"
  | "OPEN"
  | `BIND_${"TX" | "RX" | "TRX"}_PENDING`
  | `BOUND_${"TX" | "RX" | "TRX"}`
  | "UNBIND_PENDING"
  | "UNBOUND";

export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

export interface LinkContext {
  readonly config: ReadonlyMap<string, ConfigValue>;
  readonly counters: Counters;
  readonly timing: Timing;
  readonly timers: Timers;
  behaviour(): ConnectorBehaviour;
  log(level: LogLevel, message: string): void;
  /** Whether {@linkcode log} keeps PDUs. */
  logsPdus(): boolean;
  /** It failed to connect and is told not to try again. */
  gaveUp(): void;
}

/** Below it nothing ever listens: a port for connectors that are to fail. */
const FIRST_USED_PORT = 10;

/** Connections are made from this port and up. */
const FIRST_LOCAL_PORT = 40_000;

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
  #operatorSequence = 0;
  #localPort = FIRST_LOCAL_PORT;

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
      this.#localPort = FIRST_LOCAL_PORT + counters.count("connected_count");
      log("WARNING", `SMPP connection established from ${host} to port ${this.#localPort}`);
      log("INFO", `Connection made to ${host}:${port}`);
      this.#bind(epoch);
    });
  }

  /**
   * Unbinds if it is bound, and does not come back.
   * @param whenIdle calls back once nothing is under way any more
   */
  close(whenIdle: (unbind: () => void) => void): void {
    const { log } = this.context;
    this.#epoch++;
    log("INFO", "Ordering a disconnect with no further reconnections.");
    log("INFO", "Stopped automatic connection retrying.");
    if (!this.bound) {
      if (this.state !== "NONE") this.#disconnected(CLEAN, "ConnectionDone");
      return;
    }
    log("INFO", "Disconnecting SMPP client");
    log("INFO", "Waiting for in-progress transactions to finish...");
    this.state = "UNBIND_PENDING";
    whenIdle(() => this.#unbind());
  }

  #unbind(): void {
    const { log, timers, behaviour } = this.context;
    if (this.state !== "UNBIND_PENDING") return;
    log("WARNING", "Issuing unbind request");
    const sequence = this.sentPdu((sequence) => plainPdu("unbind", sequence));
    timers.after(behaviour().unbindMs, () => {
      this.receivedPdu(() => plainPdu("unbind_resp", sequence));
      log("WARNING", "Unbind succeeded");
      log("WARNING", "Disconnecting...");
      this.state = "UNBOUND";
      timers.after(1, () => {
        this.#disconnected(CLEAN, "ConnectionDone");
        log("INFO", "Exiting.");
      });
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

  /** Counts and logs a request that goes out. @returns its sequence number */
  sentPdu(pdu: (sequence: number) => Pdu): number {
    const now = new Date();
    const { counters } = this.context;
    const sequence = ++this.#sequence;
    counters.set("last_sent_pdu_at", now);
    counters.set("last_seqNum_at", now);
    counters.set("last_seqNum", sequence);
    if (this.context.logsPdus()) {
      const started = `Outbound transaction started with message id ${sequence}`;
      this.#logAll([...sendingLines(pdu(sequence)), started]);
    }
    return sequence;
  }

  /** Counts and logs an answer that came. */
  receivedPdu(pdu: () => Pdu): void {
    this.context.counters.set("last_received_pdu_at", new Date());
    if (!this.context.logsPdus()) return;
    const answer = pdu();
    const finished = `Outbound transaction finished with message id ${answer.sequence}`;
    this.#logAll([...receivedLines(answer), finished]);
  }

  /** Logs a deliver_sm and its answer. */
  delivered(pdu: (sequence: number) => Pdu): void {
    const sequence = ++this.#operatorSequence;
    this.context.counters.add("deliver_sm_count");
    this.context.counters.set("last_received_pdu_at", new Date());
    if (!this.context.logsPdus()) return;
    const answer: Pdu = {
      command: "deliver_sm_resp",
      sequence,
      fields: [["message_id", "None"]],
      body: "\0",
    };
    this.#logAll([
      ...receivedLines(pdu(sequence)),
      `Inbound transaction started with message id ${sequence}`,
      ...sendingLines(answer),
      `Inbound transaction finished with message id ${sequence}`,
    ]);
  }

  #logAll(lines: readonly string[]): void {
    for (const line of lines) this.context.log("DEBUG", line);
  }

  #bind(epoch: number): void {
    const { log, config, timers, behaviour, counters } = this.context;
    const operation = configText(config.get("bind") ?? null);
    const mode = MODES[operation] ?? "TRX";
    log("WARNING", `Requesting bind as ${operation}`);
    this.state = `BIND_${mode}_PENDING`;
    const text = (key: string): string => String(config.get(key) ?? "");
    const sequence = this.sentPdu((sequence) =>
      bindPdu(operation, sequence, {
        systemId: text("username"),
        password: text("password"),
        systemType: text("systype"),
      })
    );
    timers.after(behaviour().bindMs, () => {
      if (epoch !== this.#epoch) return;
      const answer = `bind_${operation}_resp`;
      if (behaviour().failBind) {
        this.receivedPdu(() => plainPdu(answer, sequence, "ESME_RBINDFAIL"));
        log("ERROR", "Bind failed [ESME_RBINDFAIL]. Disconnecting...");
        this.#epoch++;
        this.#disconnected(CLEAN, "ConnectionDone");
        this.#again("loss");
        return;
      }
      this.receivedPdu(() => namingPdu(answer, sequence, "system_id", "smsc"));
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
      const sequence = this.sentPdu((sequence) => plainPdu("enquire_link", sequence));
      counters.add("elink_count");
      counters.set("last_sent_elink_at", new Date());
      this.receivedPdu(() => plainPdu("enquire_link_resp", sequence));
      this.#keepAlive(epoch);
    });
  }

  #disconnected(reason: string, kind: string): void {
    const { log, counters } = this.context;
    const { host } = this.#endpoint();
    this.state = "NONE";
    counters.set("disconnected_at", new Date());
    counters.add("disconnected_count");
    log(
      "WARNING",
      `SMPP ${host} disconnected from port ${this.#localPort}: ${failure(kind, reason)}`,
    );
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

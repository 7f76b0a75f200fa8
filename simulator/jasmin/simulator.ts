/** A Jasmin gateway on loopback: for the demo, for tests, never for production. */
import { Concatenation } from "./callbacks/concatenation.ts";
import { DlrMap } from "./callbacks/dlr.ts";
import { type MobileOriginated, receiveMo } from "./callbacks/mo.ts";
import { Thrower } from "./callbacks/thrower.ts";
import { type BehaviourChange, DEFAULT_TIMING, type Timing } from "./gateway/behaviour.ts";
import { Gateway, type Surroundings } from "./gateway/gateway.ts";
import { MessageLog } from "./gateway/message_log.ts";
import { Operator, type ReceiptChange, type ScriptedAnswer } from "./gateway/operator.ts";
import { Outcomes } from "./gateway/outcomes.ts";
import { Store } from "./gateway/store.ts";
import { type SubmitSm, submitSm } from "./gateway/submit_sm.ts";
import { Timers } from "./gateway/timers.ts";
import { answer, type HttpFault } from "./http/api.ts";
import { HttpListener } from "./http/wire.ts";
import { type JcliFault, JcliServer } from "./jcli/server.ts";
import { LogFiles } from "./log_files.ts";
import type { JasminSimulatorOptions } from "./options.ts";
import { seededRandom } from "./random.ts";
import { Ledger } from "./record.ts";
import { Traffic } from "./traffic.ts";

export class JasminSimulator {
  readonly host: string;
  readonly ledger: Ledger;
  readonly #timing: Timing;
  readonly #timers = new Timers();
  readonly #logs: LogFiles;
  readonly #messageLog: MessageLog;
  readonly #around: Surroundings;
  readonly #operator: Operator;
  readonly #dlrs: DlrMap;
  readonly #outcomes: Outcomes;
  readonly #jcli: JcliServer;
  readonly #http: HttpListener;
  readonly #traffic: Traffic;
  readonly #long = new Concatenation();
  #thrower: Thrower;
  #gateway: Gateway;
  #httpFault: HttpFault | undefined;
  #reference = 0;

  constructor(private readonly options: JasminSimulatorOptions = {}) {
    const later = options.release === "0.12";
    const random = seededRandom(options.seed ?? 1);
    this.host = options.host ?? "127.0.0.1";
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.ledger = new Ledger(options.ledgerLimit ?? 100_000);
    this.#logs = new LogFiles(options.logDir);
    this.#messageLog = new MessageLog(this.#logs, later);
    this.#thrower = new Thrower(this.#timing, this.ledger);
    this.#dlrs = new DlrMap(
      this.#timing,
      (call) => this.#thrower.throw(call, true),
      (receipt) => this.#messageLog.dlr(receipt),
    );
    this.#operator = new Operator(
      this.#timers,
      random.fork("operator"),
      options.firstSmscId,
      (receipt, submit) => this.#outcomes.receipt(receipt, submit),
    );
    this.#outcomes = new Outcomes({
      ledger: this.ledger,
      log: this.#messageLog,
      dlrs: this.#dlrs,
      timers: this.#timers,
      operator: () => this.#operator,
      gateway: () => this.#gateway,
    });
    const release = later ? "0.11.1" : options.release ?? "0.11.0";
    this.#around = {
      random,
      store: new Store(options.storeDir, release),
      timing: this.#timing,
      timers: this.#timers,
      queues: new Map(),
      behaviours: new Map(),
      want: (msgid, request, cid, lifeMs) => this.#dlrs.want(msgid, request, cid, lifeMs),
      events: this.#outcomes,
    };
    this.#gateway = new Gateway(options, this.#around);
    this.#gateway.loadProfile();
    this.#jcli = new JcliServer(this.host, () => this.#gateway);
    this.#http = new HttpListener(this.host, (request) =>
      answer({
        gateway: () => this.#gateway,
        ledger: this.ledger,
        logs: this.#logs,
        nextReference: () => this.#reference = this.#reference % 255 + 1,
        fault: (path) => this.#faultFor(path),
        wait: (ms) => this.#timers.wait(ms),
      }, request));
    this.#traffic = new Traffic(options.traffic, random.fork("traffic"), this.#timers, {
      gateway: () => this.#gateway,
      mo: (mo) => this.receiveMo(mo),
      drop: (cid) => this.dropConnector(cid, "requeue"),
    });
    this.#timers.every(this.#timing.autoPersistMs, () => this.#gateway.autoPersist());
  }

  get jcliPort(): number {
    return this.#jcli.port;
  }

  get httpPort(): number {
    return this.#http.port;
  }

  /** The state that jcli and the HTTP API work on. */
  get gateway(): Gateway {
    return this.#gateway;
  }

  /** @throws {Error} when a port is taken */
  async start(): Promise<void> {
    await this.#jcli.listen(this.options.jcliPort ?? 0);
    await this.#http.listen(this.options.httpPort ?? 0);
    this.#traffic.start();
  }

  /** Ends everything; what waits for the log files is written. */
  async stop(): Promise<void> {
    await Promise.all([this.#jcli.close(), this.#http.close()]);
    this.#timers.stop();
    this.#dlrs.stop();
    this.#thrower.stop();
    this.#gateway.dispose();
    await this.#logs.flush();
  }

  /**
   * Restarts the daemon: connections end, what was not persisted is lost, counters are zero.
   * Messages in queues and the receipts that are waited for live on elsewhere and remain; calls
   * to customers' URLs that wait for another try are lost.
   */
  async restart(): Promise<void> {
    const ports = { jcli: this.#jcli.port, http: this.#http.port };
    await Promise.all([this.#jcli.close(), this.#http.close()]);
    this.#thrower.stop();
    this.#thrower = new Thrower(this.#timing, this.ledger);
    this.#gateway.dispose();
    this.#gateway = new Gateway(this.options, this.#around);
    this.#gateway.loadProfile();
    await this.#jcli.listen(ports.jcli);
    await this.#http.listen(ports.http);
  }

  /** Changes how a connector and its operator behave from now on. */
  changeConnector(cid: string, change: BehaviourChange): void {
    this.#gateway.changeBehaviour(cid, change);
  }

  /** Breaks a connector's connection. A submit under way is answered late, or given back. */
  dropConnector(cid: string, kept: "timeout" | "requeue" = "timeout"): void {
    this.#gateway.connectors.get(cid)?.drop(kept);
  }

  /** How the next messages are answered, on whichever connector. */
  scriptAnswers(answers: readonly ScriptedAnswer[]): void {
    this.#operator.script(answers);
  }

  /**
   * A receipt for the n-th part that reached an operator, from 1, as {@linkcode submitted} has it.
   * @throws {RangeError} when there was none
   */
  sendReceipt(nth: number, receipt: ReceiptChange): void {
    this.#operator.receiptFor(nth, receipt);
  }

  /** What reached the operators, part by part, the last ten thousand at most. */
  get submitted(): readonly SubmitSm[] {
    return this.#operator.sent.map(({ submit, part }) =>
      submitSm(submit, part, this.#gateway.connectors.get(submit.cid)?.config ?? new Map())
    );
  }

  /** A phone's message arrives. @returns its id */
  receiveMo(mo: MobileOriginated): string {
    return receiveMo(this.#gateway, {
      thrower: this.#thrower,
      log: this.#messageLog,
      ledger: this.ledger,
      long: this.#long,
    }, mo);
  }

  /** Sets or ends a fault of the HTTP API. */
  setHttpFault(fault: HttpFault | undefined): void {
    this.#httpFault = fault;
  }

  /** Refuses HTTP connections, or listens on the same port again. */
  async setHttpListening(listening: boolean): Promise<void> {
    if (listening === this.#http.listening) return;
    if (listening) await this.#http.listen(this.#http.port);
    else await this.#http.close();
  }

  /** Sets a fault of jcli, or none; see {@linkcode JcliFault}. */
  setJcliFault(fault: JcliFault, times?: number): void {
    this.#jcli.setFault(fault, times);
  }

  /** Ends all jcli connections. */
  dropJcli(): void {
    this.#jcli.dropAll();
  }

  /** jcli connections there are. */
  get jcliConnections(): number {
    return this.#jcli.connections;
  }

  /** From now on receipts of operators are lost, or no longer. */
  loseReceipts(lost: boolean): void {
    this.#outcomes.losesReceipts = lost;
  }

  /** Rotates a log file. @returns its new name */
  rotateLog(file: string): Promise<string> {
    return this.#logs.rotate(file);
  }

  /** Writes what waits for the log files. */
  flushLogs(): Promise<void> {
    return this.#logs.flush();
  }

  /** Messages that wait for a connector, and calls to customers under way. */
  get backlog(): { readonly queued: number; readonly calls: number } {
    let queued = 0;
    for (const queue of this.#around.queues.values()) queued += queue.length;
    return { queued, calls: this.#thrower.pending };
  }

  #faultFor(path: string): HttpFault | undefined {
    const fault = this.#httpFault;
    if (fault === undefined || (fault.path !== undefined && fault.path !== path)) return undefined;
    return this.#around.random.chance(fault.share ?? 1) ? fault : undefined;
  }
}

/** Starts a simulator. @throws {Error} when a port is taken */
export async function startJasminSimulator(
  options: JasminSimulatorOptions = {},
): Promise<JasminSimulator> {
  const simulator = new JasminSimulator(options);
  try {
    await simulator.start();
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  return simulator;
}

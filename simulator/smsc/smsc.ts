/**
 * The SMSC: listens, holds the accounts and connections, and can be steered while it runs.
 * @module
 */
import { NotFoundError, ValidationError } from "../../services/errors/mod.ts";
import { Account, type AccountOptions } from "./account.ts";
import {
  type Behaviour,
  type BehaviourPatch,
  changedBehaviour,
  DEFAULT_BEHAVIOUR,
} from "./behaviour.ts";
import { Intake } from "./intake.ts";
import { Journal } from "./journal.ts";
import { type Mo, MoSender } from "./mo.ts";
import { drawDelay, drawWeighted, type Random } from "./random.ts";
import type { DeliveryRecord, SubmitRecord } from "./model.ts";
import { type RecordOptions, SmscRecord } from "./record.ts";
import { type Drop, EsmeSession, type SessionInfo } from "./session.ts";
import { Timeline } from "./timeline.ts";
import { type Server, smpp, statusName } from "./wire.ts";

export interface SmscOptions {
  /** What the SMSC calls itself in bind responses. @default "smsc" */
  readonly name?: string;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 takes a free one. @default 0 */
  readonly port?: number;
  /** @default one account, `smppclient` with password `password`, as in Jasmin's defaults */
  readonly accounts?: readonly AccountOptions[];
  /** What differs from {@link DEFAULT_BEHAVIOUR}, for all accounts. */
  readonly behaviour?: BehaviourPatch;
  /** Decides every draw and the first message_id: SMSCs of one gateway want different ones. @default 1 */
  readonly seed?: number;
  readonly record?: RecordOptions;
  /** A file that the record is appended to as JSON lines; it needs write permission. */
  readonly journal?: string;
}

/** Which connections: all, those of one account, or one. */
export interface SessionSelector {
  readonly systemId?: string | undefined;
  readonly session?: string | undefined;
}

export interface Smsc {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly record: SmscRecord;
  /** The accounts' system_ids. */
  readonly accounts: readonly string[];
  /** @throws {NotFoundError} when there is no such account */
  behaviour(systemId: string): Behaviour;
  /**
   * Changes settings of one account, or of all.
   * @throws {ValidationError} naming each wrong setting; nothing is changed then
   * @throws {NotFoundError} when there is no such account
   */
  setBehaviour(patch: BehaviourPatch, systemId?: string): void;
  sessions(): readonly SessionInfo[];
  /**
   * Sends an MO; resolves once the ESME took every part or it was given up, or when stopped.
   * @throws {NotFoundError} when there is no such account
   * @throws {ValidationError} when the text is too long or `order` names a part that isn't
   */
  sendMo(mo: Mo): Promise<readonly DeliveryRecord[]>;
  /** Ends connections and says how many. @param how @default "destroy" */
  drop(which?: SessionSelector, how?: Drop): number;
  /** Closes every connection and the port, forgets what was to come. The record stays readable. */
  stop(): Promise<void>;
}

const DEFAULT_ACCOUNT: AccountOptions = { systemId: "smppclient", password: "password" };
const ALPHANUMERIC = 5;

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

class RunningSmsc implements Smsc {
  readonly name: string;
  readonly host: string;
  readonly record: SmscRecord;
  port = 0;
  readonly #accounts = new Map<string, Account>();
  readonly #sessions = new Set<EsmeSession>();
  readonly #intake: Intake;
  readonly #mo: MoSender;
  readonly #server: Server;
  readonly #timeline: Timeline;
  readonly #journal: Journal | undefined;
  #lastSession = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: SmscOptions, timeline: Timeline, journal: Journal | undefined) {
    this.name = options.name ?? "smsc";
    this.host = options.host ?? "127.0.0.1";
    this.#timeline = timeline;
    this.#journal = journal;
    this.record = new SmscRecord(options.record ?? {}, statusName, journal);
    const base = changedBehaviour(DEFAULT_BEHAVIOUR, options.behaviour ?? {});
    for (const each of options.accounts ?? [DEFAULT_ACCOUNT]) {
      if (this.#accounts.has(each.systemId)) {
        throw new ValidationError("accounts", `${each.systemId} is there twice; name each once`);
      }
      const account = new Account(each, base, this.name, this.record, timeline);
      this.#accounts.set(each.systemId, account);
    }
    this.#mo = new MoSender(this.record);
    this.#intake = new Intake(
      this.record,
      timeline,
      options.seed ?? 1,
      (account, submit, random) => this.#reply(account, submit, random),
    );
    this.#server = smpp.createServer((connection) => {
      const session = new EsmeSession(`s${++this.#lastSession}`, connection, {
        account: (systemId) => this.#accounts.get(systemId),
        binds: (account) => this.#of(account).length,
        submit: (request, account, from) => this.#intake.take(request, account, from),
      }, () => this.#sessions.delete(session));
      this.#sessions.add(session);
    });
  }

  async listen(port: number): Promise<void> {
    this.port = await listen(this.#server, port, this.host);
  }

  get accounts(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  behaviour(systemId: string): Behaviour {
    return this.#account(systemId).behaviour;
  }

  setBehaviour(patch: BehaviourPatch, systemId?: string): void {
    const accounts = systemId === undefined
      ? [...this.#accounts.values()]
      : [this.#account(systemId)];
    // Checked before the first account is changed.
    changedBehaviour(DEFAULT_BEHAVIOUR, patch);
    for (const account of accounts) account.change(patch);
  }

  sessions(): readonly SessionInfo[] {
    return [...this.#sessions].map((session) => session.info());
  }

  async sendMo(mo: Mo): Promise<readonly DeliveryRecord[]> {
    return await this.#mo.send(mo, this.#account(mo.systemId));
  }

  drop(which: SessionSelector = {}, how: Drop = "destroy"): number {
    const chosen = [...this.#sessions].filter((session) =>
      (which.session === undefined || session.id === which.session) &&
      (which.systemId === undefined || session.account?.systemId === which.systemId)
    );
    for (const session of chosen) session.drop(how);
    return chosen.length;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    this.#timeline.stop();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
    for (const account of this.#accounts.values()) account.outbox.abandon();
    this.#journal?.close();
  }

  #account(systemId: string): Account {
    const account = this.#accounts.get(systemId);
    if (!account) throw new NotFoundError(`No SMSC account ${systemId}`);
    return account;
  }

  #of(account: Account): EsmeSession[] {
    return [...this.#sessions].filter((session) => session.account === account);
  }

  /** The handset answers some of the messages, if their sender can be answered. */
  #reply(account: Account, submit: SubmitRecord, random: Random): void {
    const { replyRate, replyDelay, replies } = account.behaviour;
    if (replyRate === 0 || submit.sourceTon === ALPHANUMERIC || random() >= replyRate) return;
    const weights = Object.fromEntries(replies.map(({ text, weight }) => [text, weight]));
    const text = drawWeighted(weights, random);
    if (text === undefined || !/^\+?\d+$/.test(submit.source)) return;
    const { systemId, destination: from, source: to } = submit;
    this.#timeline.after(drawDelay(replyDelay, random), () => {
      void this.#mo.send({ systemId, from, to, text }, account);
    });
  }
}

/**
 * Starts an SMPP 3.4 SMSC.
 * @throws {ValidationError} when a setting is wrong
 * @throws {Error} when the port can't be had (`EADDRINUSE`)
 */
export async function startSmsc(options: SmscOptions = {}): Promise<Smsc> {
  const timeline = new Timeline();
  const journal = options.journal ? await Journal.open(options.journal, timeline) : undefined;
  try {
    const smsc = new RunningSmsc(options, timeline, journal);
    await smsc.listen(options.port ?? 0);
    return smsc;
  } catch (error) {
    timeline.stop();
    journal?.close();
    throw error;
  }
}

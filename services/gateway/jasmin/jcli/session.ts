/**
 * One logged-in jcli session over raw TCP. Lines go out one at a time, each waits for its prompt
 * under a deadline; whatever leaves the two sides in doubt closes the socket, because the only way
 * to be in step again is a new session.
 * @module
 */
import { logger } from "../../../log/mod.ts";
import { credential, type JcliLine, KO, NOTHING, QUIT } from "./encode.ts";
import { JcliAuthError, JcliClosedError, type JcliError, JcliProtocolError } from "./errors.ts";
import type { Reply } from "./framing.ts";
import { JcliWire, type WireStats } from "./wire.ts";

const log = logger("jcli");

/** Milliseconds that a command may take, when nothing else is said. */
export const DEADLINE_MS = 5_000;
/** For commands that go through AMQP in the gateway (`smppccm ok -1 -0 -r`, `persist`). */
export const LONG_DEADLINE_MS = 15_000;

/** Where and as whom to log in. */
export interface JcliSessionOptions {
  readonly hostname: string;
  /** 1 to 65535; jcli's default is 8990. */
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /**
   * Asked synchronously before each write; false closes the socket with not one more byte sent.
   * @default always true
   */
  readonly guard?: () => boolean;
  /** @default 10_000 */
  readonly loginDeadlineMs?: number;
  /** After so many idle milliseconds an empty line proves that the other side lives. @default 10_000 */
  readonly probeEveryMs?: number;
  /** @default 5_000 */
  readonly probeDeadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** How one line is sent. */
export interface SendOptions {
  /** @default DEADLINE_MS */
  readonly deadlineMs?: number;
  /**
   * Stops the waiting, not the command: the line has left. The session stays in step and takes the
   * next line when the reply is in.
   */
  readonly signal?: AbortSignal;
}

/** Sends one line and gives its reply. */
export type Send = (line: JcliLine, options?: SendOptions) => Promise<Reply>;

/** Runs work with the session of now to itself; rejects with `UnavailableError` when there is none. */
export type Turn = <T>(work: (send: Send) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** A session that is logged in, until `closed` settles. */
export class JcliSession {
  /** As in the banner: `0.11.0`. */
  readonly release: string;
  /** jcli's number of this session, counted from the gateway's start. */
  readonly ref: number;
  /** Settles with the reason when the session has ended, whoever ended it. Never rejects. */
  readonly closed: Promise<JcliError>;
  readonly #wire: JcliWire;
  readonly #probeDeadlineMs: number;
  readonly #probeTimer: ReturnType<typeof setInterval>;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #quitting = false;

  private constructor(wire: JcliWire, banner: Banner, options: JcliSessionOptions) {
    this.#wire = wire;
    this.release = banner.release;
    this.ref = banner.ref;
    this.closed = wire.closed;
    this.#probeDeadlineMs = options.probeDeadlineMs ?? DEADLINE_MS;
    const every = options.probeEveryMs ?? 10_000;
    this.#probeTimer = setInterval(() => this.#probeWhenIdle(every), every);
    // The session must not keep a process alive that has nothing else to do.
    Deno.unrefTimer(Number(this.#probeTimer));
    wire.closed.then(() => clearInterval(this.#probeTimer));
  }

  /**
   * Connects and logs in.
   * @throws {JcliAuthError} when the user name or password is refused
   * @throws {JcliError} when the gateway can't be reached or doesn't speak jcli
   */
  static async open(options: JcliSessionOptions): Promise<JcliSession> {
    const username = credential("username", options.username);
    const password = credential("password", options.password);
    const deadlineMs = options.loginDeadlineMs ?? 10_000;
    const wire = await JcliWire.connect({
      hostname: options.hostname,
      port: options.port,
      guard: options.guard ?? (() => true),
      deadlineMs,
      ...(options.signal && { signal: options.signal }),
    });
    try {
      const banner = await login(wire, username, password, deadlineMs);
      log.info({ release: banner.release, ref: banner.ref }, "jcli session opened");
      return new JcliSession(wire, banner, options);
    } catch (error) {
      wire.fail(new JcliClosedError("The login failed", { cause: error }));
      throw error;
    }
  }

  get stats(): WireStats & { readonly waiting: number } {
    return { ...this.#wire.stats, waiting: this.#waiting };
  }

  get isOpen(): boolean {
    return this.#wire.isOpen && !this.#quitting;
  }

  /** Sends one line of the command level, in its turn. */
  run(line: JcliLine, options: SendOptions = {}): Promise<Reply> {
    return this.exclusive((send) => send(line, options), options.signal);
  }

  /**
   * Runs `work` with the session to itself: what an `-a` or `-u` needs, whose lines belong
   * together. If it leaves a sub-session open, the sub-session is cancelled.
   */
  async exclusive<T>(work: (send: Send) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#turn;
    const { promise, resolve: release } = Promise.withResolvers<void>();
    this.#turn = promise;
    this.#waiting++;
    try {
      await abortable(before, signal);
      if (this.#quitting) throw new JcliClosedError("The jcli session is being closed");
      let used = false;
      let ended = false;
      try {
        return await work((line, options) => {
          if (ended) throw new TypeError("The turn on the jcli session is over");
          used = true;
          return this.#send(line, options);
        });
      } finally {
        ended = true;
        if (used) await this.#backToCommands();
      }
    } finally {
      this.#waiting--;
      // Whoever gave up while waiting must not let the next one overtake the turn under way.
      before.then(() => release());
    }
  }

  /**
   * Proves that the other side lives; gives the round trip in milliseconds.
   * @throws {JcliTimeoutError} when it doesn't answer: the session is then closed
   */
  async probe(deadlineMs: number = this.#probeDeadlineMs): Promise<number> {
    const start = performance.now();
    await this.run(NOTHING, { deadlineMs });
    return performance.now() - start;
  }

  /** Says goodbye if the session is idle, and closes it. */
  async close(): Promise<void> {
    if (this.#quitting) return void await this.closed;
    this.#quitting = true;
    clearInterval(this.#probeTimer);
    if (this.#waiting === 0) await this.#wire.sendWithoutReply(QUIT).catch(() => {});
    this.#wire.fail(new JcliClosedError("The jcli session was closed"));
    await this.closed;
  }

  #send(line: JcliLine, options: SendOptions = {}): Promise<Reply> {
    const { deadlineMs = DEADLINE_MS, signal } = options;
    signal?.throwIfAborted();
    return abortable(this.#wire.exchange(line, { deadlineMs }), signal);
  }

  /** After the work of one turn: the prompt must be the command level's, whatever happened. */
  async #backToCommands(): Promise<void> {
    try {
      await this.#wire.settled();
      if (!this.#wire.isOpen || this.#wire.prompt === "command") return;
      const reply = await this.#wire.exchange(KO, { deadlineMs: DEADLINE_MS });
      if (reply.prompt === "command") return;
      this.#wire.fail(new JcliProtocolError("jcli doesn't leave its sub-session at `ko`"));
    } catch (error) {
      // `exchange` has closed the session and `closed` tells why; the work's own outcome stands.
      log.debug({ err: error }, "jcli session lost while a sub-session was left");
    }
  }

  #probeWhenIdle(every: number): void {
    if (this.#waiting > 0 || this.#wire.idleMs < every) return;
    this.probe().catch((error) => log.warn({ err: error }, "jcli probe failed"));
  }
}

interface Banner {
  readonly release: string;
  readonly ref: number;
}

const WELCOME = /^Welcome to Jasmin (\S+) console$/m;
const SESSION_REF = /^Session ref: (\d+)$/m;

async function login(
  wire: JcliWire,
  username: JcliLine,
  password: JcliLine,
  deadlineMs: number,
): Promise<Banner> {
  // With `authentication = False` the welcome comes at once. Otherwise only the demand comes: the
  // prompt `Username: ` is a reaction to NAWS, and is not waited for.
  const greeting = await wire.greeting(
    (text) => text.includes("Authentication required.\n\n") || /^jcli : $/m.test(text),
    { deadlineMs },
  );
  if (!greeting.includes("Authentication required.")) return bannerOf(greeting);
  const asked = await wire.exchange(username, { deadlineMs, afterGreeting: true });
  if (asked.prompt !== "password") throw new JcliProtocolError("jcli didn't ask for the password");
  const answer = await wire.exchange(password, { deadlineMs, hidden: true });
  if (answer.prompt === "username") {
    throw new JcliAuthError("The gateway refused the jcli user name or password");
  }
  if (answer.prompt !== "command") throw new JcliProtocolError("jcli gave no prompt at the login");
  return bannerOf(answer.lines.join("\n"));
}

function bannerOf(text: string): Banner {
  const release = WELCOME.exec(text)?.[1];
  const ref = SESSION_REF.exec(text)?.[1];
  if (release === undefined || ref === undefined) {
    throw new JcliProtocolError("What answers on the jcli port is not a Jasmin console");
  }
  return { release, ref: Number(ref) };
}

/** `promise`, or the signal's reason as soon as it aborts; `promise` itself goes on. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
    // The loser may still reject, with nobody left to tell.
    promise.catch(() => {});
  }
}

/**
 * One connection to Redis with a deadline for each command.
 * @module
 */
import { ClientOfflineError, createClient } from "redis";
import { UnavailableError } from "../../errors/mod.ts";
import { type Logger, withoutCredentials } from "../../log/mod.ts";
import { closedError, messageOf } from "../retry.ts";
import { DeadlineError, isReply, isUnusable } from "./failures.ts";
import type { Script } from "./scripts.ts";

/** What Redis answers (RESP2), once errors are thrown. */
export type Reply = string | number | null | readonly Reply[];

const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_DEADLINE_MS = 10_000;
const LONGEST_RECONNECT_MS = 1_000;

/**
 * A client that reconnects for ever, rejects while it is away (the caller's rule decides what to
 * repeat; a queue inside the client would hide it), and drops a connection that doesn't answer.
 */
export class Connection {
  readonly #url: string;
  readonly #log: Logger;
  #client: Client | undefined;
  #attempted: Promise<void> = Promise.resolve();
  #lastFailure: Error | undefined;
  #closed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  /**
   * Sends one command.
   * @param deadlineMs when the connection counts as dead; longer than BLOCK for a blocking command
   */
  async send(command: readonly string[], deadlineMs = COMMAND_DEADLINE_MS): Promise<Reply> {
    const client = await this.#open();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new DeadlineError(`Redis gave no answer to ${command[0]} within ${deadlineMs} ms`));
      }, deadlineMs);
    });
    try {
      // RESP2 has no other shapes than Reply's, and the client maps none when sending raw commands.
      const answer = client.sendCommand([...command]) as Promise<unknown> as Promise<Reply>;
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof DeadlineError) this.#drop();
      if (this.#closed) throw closedError();
      // "The client is offline" hides why.
      const failure = error instanceof ClientOfflineError ? this.#lastFailure ?? error : error;
      if (isUnusable(failure)) {
        throw new UnavailableError(`Redis refuses: ${messageOf(failure)}`, { cause: failure });
      }
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a script by its digest, sending its text only to a server that doesn't know it. */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.send(["EVALSHA", script.sha1, ...rest]);
    } catch (error) {
      if (!isReply(error, "NOSCRIPT")) throw error;
      return await this.send(["EVAL", script.source, ...rest]);
    }
  }

  /** Drops the connection; a command under way rejects. */
  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #open(): Promise<Client> {
    if (this.#closed) throw closedError();
    this.#client ??= this.#connect();
    const client = this.#client;
    await this.#attempted;
    return client;
  }

  #connect(): Client {
    const client = make(this.#url);
    const redis = withoutCredentials(this.#url);
    client.on("error", (error: Error) => {
      if (!this.#lastFailure && !this.#closed) {
        this.#log.warn({ redis, reason: messageOf(error) }, "Redis is away");
      }
      this.#lastFailure = error;
    });
    client.on("ready", () => {
      if (this.#lastFailure) this.#log.info({ redis }, "Redis is back");
      this.#lastFailure = undefined;
    });
    // Commands wait for the first attempt only; while the client reconnects they are rejected.
    this.#attempted = new Promise((resolve) => {
      for (const event of ["ready", "error", "end"]) client.once(event, () => resolve());
    });
    // What went wrong comes as an event, also for the attempts after the first.
    client.connect().catch(() => {});
    return client;
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.destroy();
  }
}

type Client = ReturnType<typeof make>;

function make(url: string) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (retries) =>
        Math.min(20 * 2 ** retries, LONGEST_RECONNECT_MS) * (0.5 + Math.random() / 2),
    },
  });
}

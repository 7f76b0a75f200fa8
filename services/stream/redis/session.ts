/**
 * What the parts of the Redis driver share: keys, connections, and the rule of repeating.
 * @module
 */
import { closedError, retry } from "../retry.ts";
import type { Logger } from "../../log/mod.ts";
import { Connection, type Reply } from "./connection.ts";
import { isTransient } from "./failures.ts";
import type { Script } from "./scripts.ts";

/** How the driver is set up. */
export interface RedisStreamOptions {
  readonly url: string;
  /** Put before every key. */
  readonly prefix: string;
  readonly retryBudgetMs: number;
  readonly log: Logger;
}

/**
 * One BLOCK lasts at most this long, in milliseconds, so that a dead connection shows soon after it;
 * a longer wait is several of them.
 */
export const BLOCK_MS = 5_000;

const BLOCK_DEADLINE_MS = BLOCK_MS + 5_000;

/** One connection for what is answered at once, and one for each read that waits. */
export class Session {
  readonly main: Connection;
  readonly #options: RedisStreamOptions;
  readonly #blocking = new Set<Connection>();
  readonly #idle: Connection[] = [];
  #closed = false;

  constructor(options: RedisStreamOptions) {
    this.#options = options;
    this.main = new Connection(options.url, options.log);
  }

  /** The stream's key. The braces keep all of a stream's keys in one slot of a cluster. */
  key(stream: string): string {
    return `{${this.#options.prefix}${stream}}`;
  }

  /** The keys that every script takes. */
  keys(stream: string): string[] {
    return [this.key(stream), `${this.key(stream)}:meta`];
  }

  /** Runs a script, with the epoch to set if there is none before its arguments. */
  run(
    what: string,
    stream: string,
    script: Script,
    args: readonly string[],
    signal?: AbortSignal,
  ): Promise<Reply> {
    const all = [crypto.randomUUID(), ...args];
    return this.retry(what, () => this.main.run(script, this.keys(stream), all), signal);
  }

  /** Sends a command over the main connection. */
  send(what: string, command: readonly string[], signal?: AbortSignal): Promise<Reply> {
    return this.retry(what, () => this.main.send(command), signal);
  }

  /** Sends a blocking command over a connection of its own. */
  async block(
    what: string,
    command: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const connection = this.#idle.pop() ?? this.#connect();
    // A command can't be taken back from a server that blocks on it; its connection can be dropped.
    const drop = () => this.#discard(connection);
    signal?.addEventListener("abort", drop, { once: true });
    try {
      const send = () => connection.send(command, BLOCK_DEADLINE_MS);
      const reply = await this.retry(what, send, signal);
      if (this.#blocking.has(connection)) this.#idle.push(connection);
      return reply;
    } catch (error) {
      this.#discard(connection);
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", drop);
    }
  }

  /** Repeats what the server rejected or a cut connection lost. */
  retry<T>(what: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const options = { what, isTransient, budgetMs: this.#options.retryBudgetMs };
    return retry(operation, signal ? { ...options, signal } : options);
  }

  /** Ends every wait; what is answered at once goes on until `main` is closed. */
  closeBlocking(): void {
    this.#closed = true;
    for (const connection of this.#blocking) connection.close();
  }

  #connect(): Connection {
    if (this.#closed) throw closedError();
    const connection = new Connection(this.#options.url, this.#options.log);
    this.#blocking.add(connection);
    return connection;
  }

  #discard(connection: Connection): void {
    this.#blocking.delete(connection);
    connection.close();
  }
}

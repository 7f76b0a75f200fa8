/**
 * The stream on Redis Streams (Redis 6.2 or later: XAUTOCLAIM, XTRIM MINID, exclusive ranges).
 * @see https://redis.io/docs/latest/develop/data-types/streams/
 * @module
 */
import type { Logger } from "../../log/mod.ts";
import { Batcher } from "../batcher.ts";
import { START_ID } from "../ids.ts";
import type {
  Bounds,
  ClaimOptions,
  Entry,
  GroupState,
  NewEntry,
  Position,
  RangeOptions,
  Reading,
  ReadOptions,
  Stream,
  StreamHealth,
} from "../model.ts";
import { checkedLimit, checkEntries } from "../rules.ts";
import { closedError, messageOf, retry, within } from "../retry.ts";
import { Connection, type Reply } from "./connection.ts";
import { isReply, isTransient } from "./failures.ts";
import * as replies from "./replies.ts";
import * as scripts from "./scripts.ts";

// One BLOCK lasts at most this long, so that a dead connection shows soon after it; a longer wait is
// several of them.
const BLOCK_MS = 5_000;
const BLOCK_DEADLINE_MS = BLOCK_MS + 5_000;

const APPENDER_KEPT_MS = 600_000;
const CONSUMER_FORGOTTEN_MS = 3_600_000;
const CLOSE_PATIENCE_MS = 2_000;
const HEALTH_DEADLINE_MS = 2_000;
const OLDEST_VERSION = [6, 2] as const;

/** How the driver is set up. */
export interface RedisStreamOptions {
  readonly url: string;
  /** Put before every key. */
  readonly prefix: string;
  readonly retryBudgetMs: number;
  readonly log: Logger;
}

/** @see Stream */
export class RedisStream implements Stream {
  readonly #options: RedisStreamOptions;
  readonly #main: Connection;
  readonly #blocking = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #batchers = new Map<string, Batcher>();
  readonly #appender = crypto.randomUUID();
  #closed = false;

  constructor(options: RedisStreamOptions) {
    this.#options = options;
    this.#main = new Connection(options.url, options.log);
  }

  append(stream: string, entries: readonly NewEntry[]): Promise<string[]> {
    checkEntries(entries);
    if (this.#closed) return Promise.reject(closedError());
    let batcher = this.#batchers.get(stream);
    if (!batcher) {
      batcher = this.#makeBatcher(stream);
      this.#batchers.set(stream, batcher);
    }
    return batcher.add(entries);
  }

  async bounds(stream: string): Promise<Bounds> {
    return replies.bounds(await this.#run("read the stream", stream, scripts.BOUNDS, []));
  }

  async range(stream: string, options: RangeOptions = {}): Promise<Entry[]> {
    const { after, through = "+", limit, newest = false } = options;
    const from = after === undefined ? "-" : `(${after}`;
    const key = this.#key(stream);
    const command = newest ? ["XREVRANGE", key, through, from] : ["XRANGE", key, from, through];
    command.push("COUNT", String(checkedLimit(limit)));
    const found = replies.entries(
      await this.#retry("list the stream", () => this.#main.send(command)),
    );
    return newest ? found.reverse() : found;
  }

  async read(stream: string, position: Position, options: ReadOptions = {}): Promise<Reading> {
    const { blockMs = 0, signal } = options;
    const limit = String(checkedLimit(options.limit));
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const args = [position.epoch, position.id, limit];
      const [at, found] = replies.list(
        await this.#run("read the stream", stream, scripts.READ, args, signal),
      );
      if (found === undefined) return { kind: "gap", bounds: replies.bounds(at) };
      const entries = replies.entries(found);
      const left = Math.ceil(until - performance.now());
      if (entries.length > 0 || left <= 0) return { kind: "entries", entries };
      // Only the wake-up: the script reads, so that entries and epoch are of one moment.
      const wait = String(Math.min(left, BLOCK_MS));
      const key = this.#key(stream);
      await this.#block(
        ["XREAD", "COUNT", "1", "BLOCK", wait, "STREAMS", key, position.id],
        signal,
      );
    }
  }

  async createGroup(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    const args = [group, from === "first" ? START_ID : "$"];
    const made = await this.#run("create the group", stream, scripts.CREATE_GROUP, args);
    return replies.count(made) === 1;
  }

  async removeGroup(stream: string, group: string): Promise<boolean> {
    const command = ["XGROUP", "DESTROY", this.#key(stream), group];
    await this.bounds(stream);
    const removed = await this.#retry("remove the group", () => this.#main.send(command));
    return replies.count(removed) === 1;
  }

  async groups(stream: string): Promise<GroupState[]> {
    const found = await this.#run("list the groups", stream, scripts.GROUPS, []);
    return replies.list(found).map(replies.group);
  }

  async readGroup(
    stream: string,
    group: string,
    consumer: string,
    options: ReadOptions = {},
  ): Promise<Entry[]> {
    const { blockMs = 0, signal } = options;
    const head = ["XREADGROUP", "GROUP", group, consumer, "COUNT"];
    head.push(String(checkedLimit(options.limit)));
    const tail = ["STREAMS", this.#key(stream), ">"];
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const left = Math.ceil(until - performance.now());
      try {
        const reply = left <= 0
          ? await this.#retry("read the group", () => this.#main.send([...head, ...tail]), signal)
          : await this.#block(
            [...head, "BLOCK", String(Math.min(left, BLOCK_MS)), ...tail],
            signal,
          );
        const entries = replies.entriesOfOnly(reply);
        if (entries.length > 0 || left <= 0) return entries;
      } catch (error) {
        // Flushed, deleted or reset under us: what the stream holds now is all new to the group.
        if (!isReply(error, "NOGROUP")) throw error;
        await this.createGroup(stream, group, "first");
      }
    }
  }

  async ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const command = ["XACK", this.#key(stream), group, ...ids];
    return replies.count(
      await this.#retry("acknowledge entries", () => this.#main.send(command)),
    );
  }

  async claim(
    stream: string,
    group: string,
    consumer: string,
    { idleMs, limit }: ClaimOptions,
  ): Promise<Entry[]> {
    const wanted = checkedLimit(limit);
    const claimed: Entry[] = [];
    let cursor = "0-0";
    do {
      const command = ["XAUTOCLAIM", this.#key(stream), group, consumer, String(idleMs), cursor];
      command.push("COUNT", String(wanted - claimed.length));
      let reply: Reply;
      try {
        reply = await this.#retry("claim entries", () => this.#main.send(command));
      } catch (error) {
        if (isReply(error, "NOGROUP")) return claimed;
        throw error;
      }
      const [next, found] = replies.list(reply);
      claimed.push(...replies.entries(found));
      cursor = replies.text(next);
    } while (cursor !== "0-0" && claimed.length < wanted);
    return claimed;
  }

  async trimConsumed(stream: string): Promise<number> {
    const args = [String(CONSUMER_FORGOTTEN_MS)];
    return replies.count(await this.#run("trim the stream", stream, scripts.TRIM_CONSUMED, args));
  }

  async trimOlderThan(stream: string, ageMs: number): Promise<number> {
    const args = [String(Math.ceil(ageMs))];
    return replies.count(await this.#run("trim the stream", stream, scripts.TRIM_OLDER, args));
  }

  async reset(stream: string): Promise<void> {
    await this.#run("reset the stream", stream, scripts.RESET, []);
  }

  async health(): Promise<StreamHealth> {
    const started = performance.now();
    let message: string | undefined;
    try {
      message = versionFault(
        replies.text(await this.#main.send(["INFO", "server"], HEALTH_DEADLINE_MS)),
      );
    } catch (error) {
      message = `Redis doesn't answer: ${messageOf(error)}`;
    }
    const latencyMs = performance.now() - started;
    const health = { ok: message === undefined, driver: "redis", latencyMs } as const;
    return message === undefined ? health : { ...health, message };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const connection of this.#blocking) connection.close();
    const written = Promise.all([...this.#batchers.values()].map((batcher) => batcher.idle()));
    await within(written, CLOSE_PATIENCE_MS);
    this.#main.close();
  }

  #makeBatcher(stream: string): Batcher {
    let number = 0;
    let known = "";
    const keys = [...this.#keys(stream), `${this.#key(stream)}:appender:${this.#appender}`];
    return new Batcher(async (batch) => {
      number += 1;
      const args = [crypto.randomUUID(), String(number), known, String(APPENDER_KEPT_MS)];
      for (const entry of batch) args.push(entry.type, entry.data);
      const reply = await this.#retry(
        "append to the stream",
        () => this.#main.run(scripts.APPEND, keys, args),
      );
      const ids = replies.text(reply).split(" ");
      known = ids.at(-1) ?? known;
      return ids;
    });
  }

  /** Sends a blocking command over a connection of its own. */
  async #block(command: readonly string[], signal: AbortSignal | undefined): Promise<Reply> {
    const connection = this.#idle.pop() ?? this.#connect();
    // A command can't be taken back from a server that blocks on it; its connection can be dropped.
    const drop = () => this.#discard(connection);
    signal?.addEventListener("abort", drop, { once: true });
    try {
      const reply = await this.#retry(
        "read the stream",
        () => connection.send(command, BLOCK_DEADLINE_MS),
        signal,
      );
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

  #run(
    what: string,
    stream: string,
    script: scripts.Script,
    args: readonly string[],
    signal?: AbortSignal,
  ): Promise<Reply> {
    const all = [crypto.randomUUID(), ...args];
    return this.#retry(what, () => this.#main.run(script, this.#keys(stream), all), signal);
  }

  #retry<T>(what: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const options = { what, isTransient, budgetMs: this.#options.retryBudgetMs };
    return retry(operation, signal ? { ...options, signal } : options);
  }

  // The braces keep a stream's keys in one slot of a cluster, which the scripts need.
  #key(stream: string): string {
    return `{${this.#options.prefix}${stream}}`;
  }

  #keys(stream: string): string[] {
    return [this.#key(stream), `${this.#key(stream)}:meta`];
  }
}

function versionFault(info: string): string | undefined {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? "unknown";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Redis ${version} is too old; ${OLDEST_VERSION.join(".")} or later is needed`;
}

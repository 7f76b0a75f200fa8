/**
 * The stream on Redis Streams (Redis 6.2 or later: XAUTOCLAIM, XTRIM MINID, exclusive ranges).
 * @see https://redis.io/docs/latest/develop/data-types/streams/
 * @module
 */
import { Batchers } from "../batcher.ts";
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
import { closedError, messageOf, within } from "../retry.ts";
import { checkedLimit, checkEntries } from "../rules.ts";
import { Groups } from "./groups.ts";
import * as replies from "./replies.ts";
import * as scripts from "./scripts.ts";
import { BLOCK_MS, type RedisStreamOptions, Session } from "./session.ts";

const APPENDER_KEPT_MS = 600_000;
const CONSUMER_FORGOTTEN_MS = 3_600_000;
const CLOSE_PATIENCE_MS = 2_000;
const HEALTH_DEADLINE_MS = 2_000;
const OLDEST_VERSION = [6, 2] as const;

/** @see Stream */
export class RedisStream implements Stream {
  readonly #session: Session;
  readonly #groups: Groups;
  readonly #batchers = new Batchers((stream) => this.#makeFlush(stream));
  readonly #appender = crypto.randomUUID();
  #closed = false;

  constructor(options: RedisStreamOptions) {
    this.#session = new Session(options);
    this.#groups = new Groups(this.#session);
  }

  append(stream: string, entries: readonly NewEntry[]): Promise<string[]> {
    checkEntries(entries);
    if (this.#closed) return Promise.reject(closedError());
    return this.#batchers.add(stream, entries);
  }

  async bounds(stream: string): Promise<Bounds> {
    return replies.bounds(await this.#session.run("read the stream", stream, scripts.BOUNDS, []));
  }

  async range(stream: string, options: RangeOptions = {}): Promise<Entry[]> {
    const { after, through = "+", limit, newest = false } = options;
    const from = after === undefined ? "-" : `(${after}`;
    const key = this.#session.key(stream);
    const command = newest ? ["XREVRANGE", key, through, from] : ["XRANGE", key, from, through];
    command.push("COUNT", String(checkedLimit(limit)));
    const found = replies.entries(await this.#session.send("list the stream", command));
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
        await this.#session.run("read the stream", stream, scripts.READ, args, signal),
      );
      if (found === undefined) return { kind: "gap", bounds: replies.bounds(at) };
      const entries = replies.entries(found);
      const left = Math.ceil(until - performance.now());
      if (entries.length > 0 || left <= 0) return { kind: "entries", entries };
      // Only the wake-up: the script reads, so that entries and epoch are of one moment.
      const wait = String(Math.min(left, BLOCK_MS));
      const key = this.#session.key(stream);
      const command = ["XREAD", "COUNT", "1", "BLOCK", wait, "STREAMS", key, position.id];
      await this.#session.block("read the stream", command, signal);
    }
  }

  createGroup(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    return this.#groups.create(stream, group, from);
  }

  removeGroup(stream: string, group: string): Promise<boolean> {
    return this.#groups.remove(stream, group);
  }

  groups(stream: string): Promise<GroupState[]> {
    return this.#groups.list(stream);
  }

  readGroup(
    stream: string,
    group: string,
    consumer: string,
    options?: ReadOptions,
  ): Promise<Entry[]> {
    return this.#groups.read(stream, group, consumer, options);
  }

  ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    return this.#groups.ack(stream, group, ids);
  }

  claim(stream: string, group: string, consumer: string, options: ClaimOptions): Promise<Entry[]> {
    return this.#groups.claim(stream, group, consumer, options);
  }

  async trimConsumed(stream: string): Promise<number> {
    const args = [String(CONSUMER_FORGOTTEN_MS)];
    return replies.count(
      await this.#session.run("trim the stream", stream, scripts.TRIM_CONSUMED, args),
    );
  }

  async trimOlderThan(stream: string, ageMs: number): Promise<number> {
    const args = [String(Math.ceil(ageMs))];
    return replies.count(
      await this.#session.run("trim the stream", stream, scripts.TRIM_OLDER, args),
    );
  }

  async reset(stream: string): Promise<void> {
    await this.#session.run("reset the stream", stream, scripts.RESET, []);
  }

  async health(): Promise<StreamHealth> {
    const started = performance.now();
    let message: string | undefined;
    try {
      message = versionFault(
        replies.text(await this.#session.main.send(["INFO", "server"], HEALTH_DEADLINE_MS)),
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
    this.#session.closeBlocking();
    await within(this.#batchers.idle(), CLOSE_PATIENCE_MS);
    this.#session.main.close();
  }

  #makeFlush(stream: string): (batch: readonly NewEntry[]) => Promise<string[]> {
    const session = this.#session;
    const keys = [...session.keys(stream), `${session.key(stream)}:appender:${this.#appender}`];
    let number = 0;
    let known = { epoch: "", id: "" };
    return async (batch) => {
      number += 1;
      const args = [crypto.randomUUID(), String(number), known.epoch, known.id];
      args.push(String(APPENDER_KEPT_MS));
      for (const entry of batch) args.push(entry.type, entry.data);
      const append = () => session.main.run(scripts.APPEND, keys, args);
      const reply = await session.retry("append to the stream", append);
      const [epoch = "", ...ids] = replies.text(reply).split(" ");
      known = { epoch, id: ids.at(-1) ?? known.id };
      return ids;
    };
  }
}

function versionFault(info: string): string | undefined {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? "unknown";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Redis ${version} is too old; ${OLDEST_VERSION.join(".")} or later is needed`;
}

/**
 * Consumer groups of Redis Streams.
 * @see https://redis.io/docs/latest/develop/data-types/streams/#consumer-groups
 * @module
 */
import { START_ID } from "../ids.ts";
import type { ClaimOptions, Entry, GroupState, ReadOptions } from "../model.ts";
import { checkedLimit } from "../rules.ts";
import type { Reply } from "./connection.ts";
import { isReply } from "./failures.ts";
import * as replies from "./replies.ts";
import * as scripts from "./scripts.ts";
import { BLOCK_MS, type Session } from "./session.ts";

/** @see Stream for what each does */
export class Groups {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async create(stream: string, group: string, from: "first" | "last"): Promise<boolean> {
    const args = [group, from === "first" ? START_ID : "$"];
    const made = await this.#session.run("create the group", stream, scripts.CREATE_GROUP, args);
    return replies.count(made) === 1;
  }

  async remove(stream: string, group: string): Promise<boolean> {
    const command = ["XGROUP", "DESTROY", this.#session.key(stream), group];
    await this.list(stream); // XGROUP refuses a stream that doesn't exist; this makes it
    return replies.count(await this.#session.send("remove the group", command)) === 1;
  }

  async list(stream: string): Promise<GroupState[]> {
    const found = await this.#session.run("list the groups", stream, scripts.GROUPS, []);
    return replies.list(found).map(replies.group);
  }

  async read(
    stream: string,
    group: string,
    consumer: string,
    options: ReadOptions = {},
  ): Promise<Entry[]> {
    const { blockMs = 0, signal } = options;
    const head = ["XREADGROUP", "GROUP", group, consumer, "COUNT"];
    head.push(String(checkedLimit(options.limit)));
    const tail = ["STREAMS", this.#session.key(stream), ">"];
    const until = performance.now() + blockMs;
    for (;;) {
      signal?.throwIfAborted();
      const left = Math.ceil(until - performance.now());
      try {
        const reply = left <= 0
          ? await this.#session.send("read the group", [...head, ...tail], signal)
          : await this.#session.block(
            "read the group",
            [...head, "BLOCK", String(Math.min(left, BLOCK_MS)), ...tail],
            signal,
          );
        const entries = replies.entriesOfOnly(reply);
        if (entries.length > 0 || left <= 0) return entries;
      } catch (error) {
        // Flushed, deleted or reset under us: what the stream holds now is all new to the group.
        if (!isReply(error, "NOGROUP")) throw error;
        await this.create(stream, group, "first");
      }
    }
  }

  async ack(stream: string, group: string, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const command = ["XACK", this.#session.key(stream), group, ...ids];
    return replies.count(await this.#session.send("acknowledge entries", command));
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
      const command = [
        "XAUTOCLAIM",
        this.#session.key(stream),
        group,
        consumer,
        String(idleMs),
        cursor,
      ];
      command.push("COUNT", String(wanted - claimed.length));
      let reply: Reply;
      try {
        reply = await this.#session.send("claim entries", command);
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
}

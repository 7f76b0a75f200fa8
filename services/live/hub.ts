/**
 * One a web process: reads the stream `live` once and serves every client from it.
 * @module
 */
import type { Stream } from "../stream/mod.ts";
import { Audience, audienceKey } from "./audience.ts";
import type { Channel, Viewer } from "./channels.ts";
import { formatEventId } from "./event_id.ts";
import { LiveItem } from "./item.ts";
import { Limit } from "./limit.ts";
import { heartbeatNotice } from "./outgoing.ts";
import { LIVE_STREAM } from "./publish.ts";
import { Reader } from "./reader.ts";
import { Ring, type RingLimits, supersede } from "./ring.ts";
import { type SnapshotProvider, Snapshots } from "./snapshots.ts";
import { type Page, type Source, Subscriber } from "./subscriber.ts";
import type { SubscribeOptions, Subscription } from "./subscription.ts";
import { Wheel } from "./wheel.ts";

/** How a hub is set up. */
export interface HubOptions {
  readonly stream: Stream;
  readonly snapshot: SnapshotProvider;
  readonly ring?: RingLimits;
  /** Time between a client's heartbeats, in milliseconds. @default 15_000 */
  readonly heartbeatMs?: number;
}

const PAGE_LIMIT = 500;
const QUERIES_AT_ONCE = 4;
const POLL_MS = 20;

/** Serves the clients of one process. It reads nothing before `start`. */
export class Hub {
  readonly #stream: Stream;
  readonly #ring: Ring;
  readonly #reader: Reader;
  readonly #wheel: Wheel<Subscriber>;
  readonly #audiences = new Map<string, Audience>();
  readonly #queries = new Limit(QUERIES_AT_ONCE);
  readonly #source: Source;
  #watched = new Set<Subscriber>();
  #poll: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor({ stream, snapshot, ring, heartbeatMs = 15_000 }: HubOptions) {
    this.#stream = stream;
    this.#ring = new Ring(ring);
    const reader = new Reader(stream, this.#ring, () => this.#serveAll());
    this.#reader = reader;
    this.#wheel = new Wheel(heartbeatMs, (due) => this.#beat(due));
    this.#source = {
      ring: this.#ring,
      snapshots: new Snapshots(snapshot, this.#ring, this.#queries),
      get started() {
        return reader.started;
      },
      page: (audience, position) => this.#page(audience, position),
      join: (channels, viewer) => this.#join(channels, viewer),
      leaveAudience: (audience) => this.#leaveAudience(audience),
      watch: (subscriber) => this.#watch(subscriber),
      left: (subscriber) => this.#wheel.delete(subscriber),
    };
  }

  /** Begins to read; a stream that is away is waited for, and clients with it. */
  start(): void {
    this.#reader.start();
    this.#wheel.start();
  }

  /** How many clients are connected. */
  get clients(): number {
    return this.#wheel.size;
  }

  /** Where the hub is in the stream, as an event id; undefined before the first read. */
  get position(): string | undefined {
    return this.#reader.started ? formatEventId(this.#ring.head) : undefined;
  }

  /**
   * Connects a client: it gets a snapshot and what follows, or what follows its last event.
   * @throws {ForbiddenError} when a channel isn't for this subject
   */
  subscribe(options: SubscribeOptions): Subscription {
    const subscriber = new Subscriber(this.#source, options);
    this.#wheel.add(subscriber);
    if (this.#closed) subscriber.end("shutdown");
    return subscriber;
  }

  /** Disconnects every client and stops reading; the stream stays the caller's to close. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wheel.stop();
    clearTimeout(this.#poll);
    for (const subscriber of [...this.#wheel.members()]) subscriber.end("shutdown");
    await this.#reader.close();
  }

  #serveAll(): void {
    for (const subscriber of this.#wheel.members()) subscriber.serve();
  }

  #beat(due: Iterable<Subscriber>): void {
    if (!this.#reader.started) return;
    const heartbeat = heartbeatNotice(this.#ring.head);
    for (const subscriber of due) subscriber.beat(heartbeat);
  }

  async #page(audience: Audience, position: { epoch: string; id: string }): Promise<Page> {
    const reading = await this.#queries.run(() =>
      this.#stream.read(LIVE_STREAM, position, { limit: PAGE_LIMIT })
    );
    if (reading.kind === "gap") return { kind: "gap" };
    const newest = new Map<string, LiveItem>();
    const items: LiveItem[] = [];
    for (const entry of reading.entries) {
      const item = LiveItem.fromEntry(position.epoch, entry);
      if (!item) continue;
      supersede(item, newest);
      items.push(item);
    }
    const lastId = reading.entries.at(-1)?.id;
    return { kind: "entries", outgoing: audience.page(items), lastId };
  }

  #join(channels: readonly Channel[], viewer: Viewer): Audience {
    const key = audienceKey(channels, viewer);
    let audience = this.#audiences.get(key);
    if (!audience) {
      audience = new Audience(key, channels, viewer);
      this.#audiences.set(key, audience);
    }
    audience.members += 1;
    return audience;
  }

  #leaveAudience(audience: Audience): void {
    audience.members -= 1;
    if (audience.members === 0) this.#audiences.delete(audience.key);
  }

  #watch(subscriber: Subscriber): void {
    this.#watched.add(subscriber);
    this.#poll ??= setTimeout(() => {
      this.#poll = undefined;
      const watched = this.#watched;
      this.#watched = new Set();
      for (const each of watched) each.serve();
    }, POLL_MS);
  }
}

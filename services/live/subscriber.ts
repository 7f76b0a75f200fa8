/**
 * One client's place in the stream. It holds no queue: a client that is slow is a number that falls
 * behind, first in the ring, then in the stream, and at last it gets a snapshot.
 * @module
 */
import type { Subject } from "../auth/mod.ts";
import { ForbiddenError, UnauthenticatedError } from "../errors/mod.ts";
import { logger } from "../log/mod.ts";
import { compareIds, type Position } from "../stream/mod.ts";
import type { Audience } from "./audience.ts";
import { type Channel, requireChannels, type Viewer, viewerOf } from "./channels.ts";
import { parseEventId } from "./event_id.ts";
import { gapNotice, type GapReason, type Outgoing } from "./outgoing.ts";
import type { Ring } from "./ring.ts";
import type { EndReason, Sink } from "./sink.ts";
import type { Snapshots } from "./snapshots.ts";
import type { SubscribeOptions, Subscription } from "./subscription.ts";

/** A piece of the stream for an audience, read for one subscriber. */
export type Page =
  | { readonly kind: "gap" }
  | {
    readonly kind: "entries";
    readonly outgoing: Outgoing | undefined;
    /** The id of the last entry; undefined when there was none. */
    readonly lastId: string | undefined;
  };

/** What a subscriber needs of its hub. */
export interface Source {
  readonly ring: Ring;
  /** Whether the ring stands on the stream yet. */
  readonly started: boolean;
  readonly snapshots: Snapshots;
  page(audience: Audience, position: Position): Promise<Page>;
  /** Finds the audience of a viewer, to be left with `leaveAudience`. */
  join(channels: readonly Channel[], viewer: Viewer): Audience;
  leaveAudience(audience: Audience): void;
  /** Asks to be served again soon: the sink isn't ready and can't tell when it is. */
  watch(subscriber: Subscriber): void;
  /** Forgets a subscriber. */
  left(subscriber: Subscriber): void;
}

type Place =
  /** Needs a snapshot: it is new, or it missed something. */
  | "lost"
  /** Is somewhere in the stream that the ring may not hold. */
  | "history"
  /** Is at a number of the ring. */
  | "ring";

const GAPS: Readonly<Record<GapReason, Outgoing>> = {
  epoch: gapNotice("epoch"),
  position: gapNotice("position"),
};

// Of the heartbeats of 15 s: a client that took nothing for so many is gone.
const STALLED_BEATS = 4;

const RECHECK_BEATS = 4;

const log = logger("live");

/** @see Subscription */
export class Subscriber implements Subscription {
  readonly #source: Source;
  readonly #sink: Sink;
  readonly #recheck: (() => Promise<Subject>) | undefined;
  #subject: Subject;
  #audience: Audience;
  #place: Place;
  #gap: GapReason | undefined;
  #position: Position | undefined;
  #trusted = false;
  #seq = 0;
  #generation = 0;
  #added: readonly Channel[] = [];
  #busy = false;
  #ended = false;
  #wrote = false;
  #stalledBeats = 0;
  #beats = 0;

  /** @throws {ForbiddenError} when a channel isn't for this subject */
  constructor(source: Source, options: SubscribeOptions) {
    const { subject, channels, sink, lastEventId, recheck } = options;
    requireChannels(subject, channels);
    this.#source = source;
    this.#sink = sink;
    this.#recheck = recheck;
    this.#subject = subject;
    this.#audience = source.join(channels, viewerOf(subject));
    this.#position = lastEventId === undefined ? undefined : parseEventId(lastEventId);
    this.#place = this.#position ? "history" : "lost";
    this.#gap = lastEventId === undefined ? undefined : "position";
  }

  get channels(): readonly Channel[] {
    return this.#audience.channels;
  }

  setChannels(channels: readonly Channel[]): void {
    this.#become(this.#subject, channels);
    this.serve();
  }

  /** Sends what there is, as far as the sink takes it. */
  serve(): void {
    try {
      while (!this.#busy && !this.#ended && this.#sink.ready && this.#step());
    } catch (error) {
      // One connection's fault must not keep the others from being served.
      log.error({ err: error }, "A client could not be served");
      this.end("unavailable");
    }
    if (!this.#ended && !this.#sink.ready && this.#sink.polled) this.#source.watch(this);
  }

  /** Every 15 s: shows that the connection lives, and finds those that don't or may not be here. */
  beat(heartbeat: Outgoing): void {
    if (this.#ended) return;
    this.#beats += 1;
    if (this.#beats % RECHECK_BEATS === 0) this.#checkSubject();
    if (!this.#sink.ready) {
      this.#stalledBeats += 1;
      if (this.#stalledBeats >= STALLED_BEATS) this.end("stalled");
      return;
    }
    // The heartbeat moves the position to the head, so it is only for who is there.
    const isCurrent = this.#place === "ring" && !this.#busy &&
      this.#seq === this.#source.ring.nextSeq;
    if (isCurrent && !this.#wrote) this.#write(heartbeat);
    this.#wrote = false;
  }

  /** Ends the connection and forgets the subscriber. */
  end(reason: EndReason): void {
    if (this.#ended) return;
    this.leave();
    this.#sink.close(reason);
  }

  /** The client went away. */
  leave(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#source.leaveAudience(this.#audience);
    this.#source.left(this);
  }

  /** Does one thing; false when there is nothing to do now. */
  #step(): boolean {
    if (!this.#source.started) return false;
    if (this.#place === "lost") return this.#later(() => this.#takeSnapshot());
    const position = this.#position;
    if (position && this.#added.length > 0) return this.#later(() => this.#addChannels(position));
    return this.#place === "ring" ? this.#stepInRing() : this.#stepInHistory();
  }

  #stepInRing(): boolean {
    const { ring } = this.#source;
    const { epoch } = ring.head;
    if (this.#generation !== ring.generation) {
      return this.#lose(epoch === this.#position?.epoch ? "position" : "epoch");
    }
    if (this.#seq < ring.firstSeq) {
      this.#place = "history";
      return true;
    }
    if (this.#seq === ring.nextSeq) return false;
    const { nextSeq, lastId, outgoing } = this.#audience.portion(ring, this.#seq);
    this.#seq = nextSeq;
    this.#position = { epoch, id: lastId };
    if (outgoing) this.#write(outgoing);
    return true;
  }

  #stepInHistory(): boolean {
    const { ring } = this.#source;
    const position = this.#position;
    if (!position || position.epoch !== ring.head.epoch) return this.#lose("epoch");
    const seq = ring.after(position.id);
    if (seq !== undefined) {
      this.#place = "ring";
      this.#seq = seq;
      this.#generation = ring.generation;
      return true;
    }
    // Ahead of this hub, as the stream itself has confirmed: the hub is about to read it.
    if (this.#trusted && compareIds(position.id, ring.head.id) > 0) return false;
    return this.#later(() => this.#readPage(position));
  }

  async #readPage(position: Position): Promise<void> {
    const page = await this.#source.page(this.#audience, position);
    if (this.#ended) return;
    if (page.kind === "gap") {
      this.#lose("position");
      return;
    }
    this.#trusted = true;
    if (page.lastId !== undefined) this.#position = { epoch: position.epoch, id: page.lastId };
    if (page.outgoing) this.#write(page.outgoing);
  }

  async #takeSnapshot(): Promise<void> {
    const { position, outgoing } = await this.#source.snapshots.of(this.#audience);
    if (this.#ended) return;
    if (this.#gap) this.#write(GAPS[this.#gap]);
    this.#write(outgoing);
    this.#gap = undefined;
    this.#added = [];
    this.#place = "history";
    this.#position = position;
    this.#trusted = true;
  }

  async #addChannels(position: Position): Promise<void> {
    const added = this.#added;
    this.#added = [];
    const snapshot = await this.#source.snapshots.ofChannels(this.#audience, added, position);
    if (!this.#ended) this.#write(snapshot);
  }

  #checkSubject(): void {
    if (!this.#recheck) return;
    this.#recheck().then(
      (subject) => {
        if (!this.#ended) this.#become(subject, this.#audience.channels);
      },
    ).catch((error: unknown) => {
      const isOver = error instanceof UnauthenticatedError || error instanceof ForbiddenError;
      if (isOver) this.end("unauthenticated");
    });
  }

  #become(subject: Subject, channels: readonly Channel[]): void {
    requireChannels(subject, channels);
    const before = this.#audience;
    this.#subject = subject;
    this.#audience = this.#source.join(channels, viewerOf(subject));
    this.#source.leaveAudience(before);
    if (this.#place === "lost") return; // the snapshot to come has all channels
    const added = channels.filter((channel) => !before.channels.includes(channel));
    this.#added = [...new Set([...this.#added, ...added])].filter((channel) =>
      channels.includes(channel)
    );
  }

  #lose(gap: GapReason): true {
    this.#place = "lost";
    this.#gap = gap;
    return true;
  }

  #later(work: () => Promise<void>): false {
    this.#busy = true;
    work().then(
      () => {
        this.#busy = false;
        this.serve();
      },
      () => {
        this.#busy = false;
        this.end("unavailable");
      },
    );
    return false;
  }

  #write(outgoing: Outgoing): void {
    this.#wrote = true;
    this.#stalledBeats = 0;
    this.#sink.write(outgoing);
  }
}

/**
 * Snapshots, taken once for all clients of an audience that need one at the same time.
 * @module
 */
import type { Position } from "../stream/mod.ts";
import type { Audience, SharedSnapshot } from "./audience.ts";
import type { Channel, Viewer } from "./channels.ts";
import type { Limit } from "./limit.ts";
import { type Outgoing, snapshotNotice } from "./outgoing.ts";
import type { Ring } from "./ring.ts";

/**
 * The present state of some channels for a viewer, by channel. Clients go on from a position that
 * was taken before it is asked, so what they are told next may be in it already.
 */
export type SnapshotProvider = (
  channels: readonly Channel[],
  viewer: Viewer,
) => Promise<Readonly<Record<string, unknown>>>;

const SHARED_MS = 1_000;

interface Taken {
  readonly at: number;
  readonly generation: number;
  readonly promise: Promise<SharedSnapshot>;
  /** Where its clients go on from; undefined until it is begun. */
  position?: Position;
}

/** The snapshots of one hub. */
export class Snapshots {
  readonly #provider: SnapshotProvider;
  readonly #ring: Ring;
  readonly #limit: Limit;
  readonly #taken = new WeakMap<Audience, Taken>();

  constructor(provider: SnapshotProvider, ring: Ring, limit: Limit) {
    this.#provider = provider;
    this.#ring = ring;
    this.#limit = limit;
  }

  /** A snapshot at most a second old, for a client that begins or has missed something. */
  of(audience: Audience): Promise<SharedSnapshot> {
    const before = this.#taken.get(audience);
    if (before && this.#isFresh(before)) return before.promise;
    const task = Promise.withResolvers<SharedSnapshot>();
    const taken: Taken = {
      at: performance.now(),
      generation: this.#ring.generation,
      promise: task.promise,
    };
    this.#taken.set(audience, taken);
    this.#take(audience, taken).then(task.resolve, (error: unknown) => {
      // The failure is for those who wait for it; the next to come asks again.
      if (this.#taken.get(audience) === taken) this.#taken.delete(audience);
      task.reject(error);
    });
    return taken.promise;
  }

  /** The state of channels that a client has added, told as of where that client is. */
  async ofChannels(
    { viewer }: Audience,
    channels: readonly Channel[],
    position: Position,
  ): Promise<Outgoing> {
    const data = await this.#limit.run(() => this.#provider(channels, viewer));
    return snapshotNotice(position, data);
  }

  // One that the ring has moved past would send its clients to the stream, which may have been
  // trimmed since: then they had a gap again, and the same snapshot again.
  #isFresh({ at, generation, position }: Taken): boolean {
    return generation === this.#ring.generation && performance.now() - at < SHARED_MS &&
      (position === undefined || this.#ring.after(position.id) !== undefined);
  }

  async #take({ channels, viewer }: Audience, taken: Taken): Promise<SharedSnapshot> {
    return await this.#limit.run(async () => {
      // First the position, then the state: what happens between comes twice rather than never.
      const position = this.#ring.head;
      taken.position = position;
      const data = await this.#provider(channels, viewer);
      return { position, outgoing: snapshotNotice(position, data) };
    });
  }
}

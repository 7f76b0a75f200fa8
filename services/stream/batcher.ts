/**
 * Group commit: appends that arrive while one is under way travel together in the next.
 * @module
 */
import { UnavailableError } from "../errors/mod.ts";
import type { NewEntry } from "./model.ts";

/** Entries stored in one step; a round trip is spread over them and none blocks the server long. */
export const BATCH_LIMIT = 1_000;

// Beyond this the store is not keeping up or is away, and waiting only hides it from the caller.
const QUEUE_LIMIT = 100_000;

interface Waiting {
  readonly entries: readonly NewEntry[];
  readonly ids: string[];
  taken: number;
  readonly resolve: (ids: string[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects the appends of one stream; one batch is under way at a time, so order is kept. */
export class Batcher {
  readonly #flush: (batch: readonly NewEntry[]) => Promise<string[]>;
  readonly #queue: Waiting[] = [];
  #queued = 0;
  #running: Promise<void> | undefined;

  /** @param flush stores a batch and answers with one id for each entry, in order */
  constructor(flush: (batch: readonly NewEntry[]) => Promise<string[]>) {
    this.#flush = flush;
  }

  /** @throws UnavailableError when 100,000 entries wait already */
  add(entries: readonly NewEntry[]): Promise<string[]> {
    if (entries.length === 0) return Promise.resolve([]);
    if (this.#queued >= QUEUE_LIMIT) {
      return Promise.reject(
        new UnavailableError(`The stream has ${this.#queued} entries waiting; repeat later`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ entries, ids: [], taken: 0, resolve, reject });
      this.#queued += entries.length;
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the loop, so that appends made together travel together.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#step();
    this.#running = undefined;
  }

  async #step(): Promise<void> {
    const batch: NewEntry[] = [];
    const shares: { readonly waiting: Waiting; readonly count: number }[] = [];
    for (const waiting of this.#queue) {
      if (batch.length >= BATCH_LIMIT) break;
      const part = waiting.entries.slice(waiting.taken, waiting.taken + BATCH_LIMIT - batch.length);
      for (const entry of part) batch.push(entry);
      waiting.taken += part.length;
      shares.push({ waiting, count: part.length });
    }
    this.#queued -= batch.length;
    try {
      const ids = await this.#flush(batch);
      let from = 0;
      for (const { waiting, count } of shares) {
        for (const id of ids.slice(from, from + count)) waiting.ids.push(id);
        from += count;
        if (isTaken(waiting)) waiting.resolve(waiting.ids);
      }
      this.#queue.splice(0, shares.filter(({ waiting }) => isTaken(waiting)).length);
    } catch (error) {
      for (const { waiting } of shares) {
        this.#queued -= waiting.entries.length - waiting.taken;
        waiting.reject(error);
      }
      this.#queue.splice(0, shares.length);
    }
  }
}

/** The batchers of all streams of one process. */
export class Batchers {
  readonly #makeFlush: (stream: string) => (batch: readonly NewEntry[]) => Promise<string[]>;
  readonly #byStream = new Map<string, Batcher>();

  /** @param makeFlush makes what stores the batches of a stream, one at a time */
  constructor(makeFlush: (stream: string) => (batch: readonly NewEntry[]) => Promise<string[]>) {
    this.#makeFlush = makeFlush;
  }

  /** @throws UnavailableError when 100,000 entries of the stream wait already */
  add(stream: string, entries: readonly NewEntry[]): Promise<string[]> {
    let batcher = this.#byStream.get(stream);
    if (!batcher) {
      batcher = new Batcher(this.#makeFlush(stream));
      this.#byStream.set(stream, batcher);
    }
    return batcher.add(entries);
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#byStream.values()].map((batcher) => batcher.idle()));
  }
}

function isTaken(waiting: Waiting): boolean {
  return waiting.taken === waiting.entries.length;
}

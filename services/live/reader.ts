/**
 * Reads the stream `live` into the ring, once for all clients.
 * @module
 */
import { logger } from "../log/mod.ts";
import type { Bounds, Entry, Stream } from "../stream/mod.ts";
import { LiveItem } from "./item.ts";
import { LIVE_STREAM } from "./publish.ts";
import type { Ring } from "./ring.ts";

const PREFILL_LIMIT = 5_000;
const READ_LIMIT = 1_000;
const BLOCK_MS = 5_000;
const RETRY_MS = 1_000;

// After a batch was handed out the next one is collected for a while, or each entry of a busy minute
// would be a write to every client. The first entry after a quiet time goes out at once. The while
// grows with the time that handing out takes, so that it never takes more than a quarter.
const SHORTEST_COLLECT_MS = 25;
const LONGEST_COLLECT_MS = 500;
const COLLECT_FACTOR = 3;

const log = logger("live");

/** Keeps the ring at the end of the stream. */
export class Reader {
  readonly #stream: Stream;
  readonly #ring: Ring;
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #started = false;

  /** @param onChange called when the ring has grown or begun anew */
  constructor(stream: Stream, ring: Ring, onChange: () => void) {
    this.#stream = stream;
    this.#ring = ring;
    this.#onChange = onChange;
  }

  /** Whether the ring stands on the stream yet. */
  get started(): boolean {
    return this.#started;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        if (!this.#started) await this.#begin();
        else if (await this.#read(signal)) await this.#handOut(signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, "Not reading");
        await wait(RETRY_MS, signal);
      }
    }
  }

  /** Takes what the stream still holds, so that clients that were cut meanwhile find it here. */
  async #begin(): Promise<void> {
    const before = await this.#stream.bounds(LIVE_STREAM);
    const entries = await this.#stream.range(LIVE_STREAM, { newest: true, limit: PREFILL_LIMIT });
    // Once more, for what was trimmed between; the higher floor is true of the entries as well.
    const { epoch, floor } = await this.#stream.bounds(LIVE_STREAM);
    if (epoch !== before.epoch) return; // lost in this moment: begin again
    const [oldest] = entries;
    const isAll = entries.length < PREFILL_LIMIT;
    if (!oldest) this.#ring.reset({ epoch, id: before.last });
    else this.#ring.reset({ epoch, id: isAll ? floor : oldest.id });
    this.#take(isAll ? entries : entries.slice(1));
    this.#started = true;
    this.#onChange();
  }

  async #read(signal: AbortSignal): Promise<boolean> {
    const options = { limit: READ_LIMIT, blockMs: BLOCK_MS, signal };
    const reading = await this.#stream.read(LIVE_STREAM, this.#ring.head, options);
    if (reading.kind === "gap") {
      this.#beginAnew(reading.bounds);
      return true;
    }
    this.#take(reading.entries);
    return reading.entries.length > 0;
  }

  #beginAnew({ epoch, last }: Bounds): void {
    log.warn({ epoch }, "The stream was lost or trimmed under us; clients get a snapshot");
    this.#ring.reset({ epoch, id: last });
  }

  #take(entries: readonly Entry[]): void {
    const { epoch } = this.#ring.head;
    for (const entry of entries) {
      const item = LiveItem.fromEntry(epoch, entry);
      if (item) this.#ring.push(item);
      else {
        log.warn({ id: entry.id, type: entry.type }, "An entry that is no live event");
        this.#ring.advance(entry.id);
      }
    }
  }

  async #handOut(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    this.#onChange();
    const took = performance.now() - started;
    const ms = Math.min(Math.max(SHORTEST_COLLECT_MS, took * COLLECT_FACTOR), LONGEST_COLLECT_MS);
    await wait(ms, signal);
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

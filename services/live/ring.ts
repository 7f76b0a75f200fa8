/**
 * The newest entries of the stream in memory: what clients that keep up, or nearly, are served from.
 * @module
 */
import { compareIds, type Position, START_ID } from "../stream/mod.ts";
import type { LiveItem } from "./item.ts";

/** How much is kept. */
export interface RingLimits {
  /** Entries. @default 8_192 */
  readonly items?: number;
  /** Characters of their data. @default 4_194_304 */
  readonly size?: number;
}

/**
 * Entries numbered without a hole from `firstSeq` to before `nextSeq`: all that the stream holds above
 * `floor`, up to `head`. The numbers are the ring's own and go on over a restart of the stream.
 */
export class Ring {
  readonly #slots: (LiveItem | undefined)[];
  readonly #sizeLimit: number;
  readonly #newest = new Map<string, LiveItem>();
  #size = 0;
  #firstSeq = 0;
  #nextSeq = 0;
  #floor: string = START_ID;
  #head: string = START_ID;
  #epoch = "";
  #generation = 0;

  constructor({ items = 8_192, size = 4_194_304 }: RingLimits = {}) {
    this.#slots = new Array(items);
    this.#sizeLimit = size;
  }

  get firstSeq(): number {
    return this.#firstSeq;
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** The id below which entries may be missing here. */
  get floor(): string {
    return this.#floor;
  }

  /** The position up to which the stream was read. */
  get head(): Position {
    return { epoch: this.#epoch, id: this.#head };
  }

  /** Grows when the ring began anew: who held a number from before has missed something. */
  get generation(): number {
    return this.#generation;
  }

  /** Begins anew after a position, with nothing kept. */
  reset({ epoch, id }: Position): void {
    this.#epoch = epoch;
    this.#floor = id;
    this.#head = id;
    this.#slots.fill(undefined);
    this.#newest.clear();
    this.#size = 0;
    this.#firstSeq = this.#nextSeq;
    this.#generation += 1;
  }

  /** Adds the entry that follows the head. */
  push(item: LiveItem): void {
    while (this.#nextSeq - this.#firstSeq >= this.#slots.length) this.#evict();
    this.#slots[this.#nextSeq % this.#slots.length] = item;
    this.#nextSeq += 1;
    this.#head = item.id;
    this.#size += item.size;
    while (this.#size > this.#sizeLimit && this.#nextSeq - this.#firstSeq > 1) this.#evict();
    supersede(item, this.#newest);
  }

  /** Moves the head over entries that are nothing for clients. */
  advance(id: string): void {
    this.#head = id;
  }

  /** The entry of a number from `firstSeq` to before `nextSeq`. */
  at(seq: number): LiveItem {
    const item = seq >= this.#firstSeq ? this.#slots[seq % this.#slots.length] : undefined;
    if (!item || seq >= this.#nextSeq) throw new RangeError(`The ring holds no entry ${seq}`);
    return item;
  }

  /** The number of the first entry above an id; undefined when the ring can't tell. */
  after(id: string): number | undefined {
    if (compareIds(id, this.#floor) < 0 || compareIds(id, this.#head) > 0) return undefined;
    let low = this.#firstSeq;
    let high = this.#nextSeq;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareIds(this.at(middle).id, id) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #evict(): void {
    const index = this.#firstSeq % this.#slots.length;
    const item = this.#slots[index];
    this.#slots[index] = undefined;
    this.#firstSeq += 1;
    if (!item) return;
    this.#floor = item.id;
    this.#size -= item.size;
    const { replaces } = item;
    if (replaces !== undefined && this.#newest.get(replaces) === item) {
      this.#newest.delete(replaces);
    }
  }
}

/** Marks the entry that this one makes needless, and remembers this one. */
export function supersede(item: LiveItem, newest: Map<string, LiveItem>): void {
  if (item.replaces === undefined) return;
  const before = newest.get(item.replaces);
  if (before) before.superseded = true;
  newest.set(item.replaces, item);
}

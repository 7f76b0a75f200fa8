/**
 * Rows of the stream's tables, as values of the stream.
 * @module
 */
import type { Bounds, Entry } from "../model.ts";

/** An entry as it is stored. */
export interface EntryRow {
  readonly id: bigint;
  readonly type: string;
  readonly data: string;
}

/** What a stream holds, as the queries answer it. */
export interface BoundsRow {
  readonly epoch: string;
  readonly floor: bigint;
  readonly first: bigint | null;
  readonly last: bigint | null;
}

/** @see Bounds */
export function boundsOf(row: BoundsRow): Bounds {
  const last = row.last !== null && row.last > row.floor ? row.last : row.floor;
  return {
    epoch: row.epoch,
    floor: String(row.floor),
    first: row.first === null ? null : String(row.first),
    last: String(last),
  };
}

/** @see Entry */
export function entryOf({ id, type, data }: EntryRow): Entry {
  return { id: String(id), type, data };
}

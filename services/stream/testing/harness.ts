/**
 * What the conformance suite needs of a driver under test.
 * @module
 */
import type { Entry, NewEntry, Position, Stream } from "../mod.ts";

/** A place of its own for one test: nothing of another test is seen in it. */
export interface Place {
  /** Opens the stream, as one process would; the place closes it. */
  open(): Stream;
  /** Loses everything, as FLUSHALL or TRUNCATE does. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Reads on from a position until so many entries came. */
export async function collect(
  stream: Stream,
  name: string,
  from: Position,
  count: number,
  signal?: AbortSignal,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let position = from;
  while (entries.length < count) {
    const options = { limit: 100, blockMs: 10_000 };
    const reading = await stream.read(name, position, signal ? { ...options, signal } : options);
    if (reading.kind === "gap") throw new Error(`A gap after ${entries.length} entries`);
    const last = reading.entries.at(-1);
    if (!last) throw new Error(`Only ${entries.length} of ${count} entries came`);
    entries.push(...reading.entries);
    position = { epoch: position.epoch, id: last.id };
  }
  return entries;
}

/** Entries numbered from one number to before another. */
export function numbered(from: number, to: number): NewEntry[] {
  return Array.from({ length: to - from }, (_, index) => ({
    type: "number",
    data: JSON.stringify({ n: from + index }),
  }));
}

/** The position after everything that the stream holds now. */
export async function end(stream: Stream, name: string): Promise<Position> {
  const { epoch, last } = await stream.bounds(name);
  return { epoch, id: last };
}

/**
 * The words of the stream: entries, positions, and the one interface that both drivers implement.
 * @module
 */

/** What a producer hands over. */
export interface NewEntry {
  /** The kind of entry, such as `message.accepted`; 1 to 64 characters. */
  readonly type: string;
  /** JSON text; the stream never looks inside. */
  readonly data: string;
}

/** What a reader gets. Ids grow in the order in which entries became visible; see `compareIds`. */
export interface Entry extends NewEntry {
  readonly id: string;
}

/**
 * A reader's place: the id of the last entry it has, within one life of the stream. The epoch is a
 * random text stored with the stream; a stream that was flushed, deleted or rolled back gets another.
 */
export interface Position {
  readonly epoch: string;
  readonly id: string;
}

/** What a stream holds at one moment. */
export interface Bounds {
  readonly epoch: string;
  /** The highest id that was trimmed away (`"0"` when none was): reading on from below it has a gap. */
  readonly floor: string;
  /** The id of the oldest entry held; `null` when the stream is empty. */
  readonly first: string | null;
  /** The highest id that this stream ever gave, trimmed or not; `"0"` when it gave none. */
  readonly last: string;
}

/**
 * The answer to a tail read: entries that follow the position without a hole, or the news that they
 * can't be had (other epoch, trimmed, or a position ahead of the stream) with the bounds to go on from.
 */
export type Reading =
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  | { readonly kind: "gap"; readonly bounds: Bounds };

/** How long and how much to read. */
export interface ReadOptions {
  /** Entries at most, 1 to 10,000. @default 500 */
  readonly limit?: number;
  /** How long to wait for the first entry, in milliseconds; 0 answers at once. @default 0 */
  readonly blockMs?: number;
  /** Ends the wait; the read then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Which part of a stream to list. */
export interface RangeOptions {
  /** Only entries above this id. */
  readonly after?: string;
  /** Only entries up to this id, itself included. */
  readonly through?: string;
  /** Entries at most, 1 to 10,000. @default 500 */
  readonly limit?: number;
  /** Takes the newest of them, still oldest first. @default false */
  readonly newest?: boolean;
}

/** Which pending entries to take over. */
export interface ClaimOptions {
  /** Only entries handed out at least this long ago, in milliseconds. */
  readonly idleMs: number;
  /** Entries at most, 1 to 10,000. @default 500 */
  readonly limit?: number;
}

/** Where a consumer group stands. */
export interface GroupState {
  readonly name: string;
  /** The last id handed to any of its consumers; `"0"` before the first. */
  readonly lastDelivered: string;
  /** Entries handed out and not acknowledged. */
  readonly pending: number;
  /** The oldest of them; `null` when none is pending. */
  readonly oldestPending: string | null;
}

/** What `/healthz` and `doctor` tell about the stream. */
export interface StreamHealth {
  readonly ok: boolean;
  readonly driver: "redis" | "postgres";
  readonly latencyMs: number;
  /** Why it isn't well. */
  readonly message?: string;
}

/**
 * An append-only log that many append to and many read. Every method retries what the server
 * rejected or what a lost connection cut, within a bound (15 s unless set), and then throws
 * `UnavailableError`. An append that is retried is stored once.
 */
export interface Stream {
  /**
   * Stores entries in the given order and answers with their ids once they are stored. Up to 1,000
   * are stored atomically; more are stored in that many steps.
   */
  append(stream: string, entries: readonly NewEntry[]): Promise<string[]>;

  /** The stream's bounds; a stream that doesn't exist is created empty. */
  bounds(stream: string): Promise<Bounds>;

  /** Lists entries as they are, with no promise about holes. */
  range(stream: string, options?: RangeOptions): Promise<Entry[]>;

  /** Reads on from a position, waiting up to `blockMs` for the first entry. */
  read(stream: string, position: Position, options?: ReadOptions): Promise<Reading>;

  /**
   * Creates a consumer group that starts at the oldest entry held or after the newest one. Answers
   * false when it existed, which changes nothing.
   */
  createGroup(stream: string, group: string, from: "first" | "last"): Promise<boolean>;

  /** Removes a group, so that it holds back no trim. Answers whether it existed. */
  removeGroup(stream: string, group: string): Promise<boolean>;

  /** The groups of a stream, by name. */
  groups(stream: string): Promise<GroupState[]>;

  /**
   * Hands entries that no consumer of the group had yet to this one; they stay pending until
   * `ack`. At least once: a consumer that dies, or whose connection is cut, leaves them to `claim`.
   * A group that doesn't exist, because the stream was flushed, starts at the oldest entry held.
   */
  readGroup(
    stream: string,
    group: string,
    consumer: string,
    options?: ReadOptions,
  ): Promise<Entry[]>;

  /** Marks entries as done; answers how many were pending. */
  ack(stream: string, group: string, ids: readonly string[]): Promise<number>;

  /** Takes over, oldest first, entries that other consumers hold for too long. */
  claim(stream: string, group: string, consumer: string, options: ClaimOptions): Promise<Entry[]>;

  /**
   * Removes every entry that all groups are done with, and no other; answers how many. A stream
   * without groups keeps all.
   */
  trimConsumed(stream: string): Promise<number>;

  /** Removes entries older than so many milliseconds, whoever holds them; answers how many. */
  trimOlderThan(stream: string, ageMs: number): Promise<number>;

  /** Drops all entries and groups and begins a new epoch: for a restored or damaged stream. */
  reset(stream: string): Promise<void>;

  /** Answers within 2 s and never throws. */
  health(): Promise<StreamHealth>;

  /** Ends every wait with `UnavailableError` and closes the connections that the stream opened. */
  close(): Promise<void>;
}

/**
 * Append-only logs with resumable readers and consumer groups, on Redis Streams or on PostgreSQL.
 * What is in them may be rebuilt from the database; the truth is never here alone.
 * @module
 */
export { compareIds, isEntryId, START_ID } from "./ids.ts";
export type {
  Bounds,
  ClaimOptions,
  Entry,
  GroupState,
  NewEntry,
  Position,
  RangeOptions,
  Reading,
  ReadOptions,
  Stream,
  StreamHealth,
} from "./model.ts";
export { type OpenOptions, openStream } from "./open.ts";
export { leaveEntries, LIVE_STREAM, OUTBOX_CHANNEL, tellOutbox } from "./outbox.ts";

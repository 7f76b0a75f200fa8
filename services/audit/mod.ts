/**
 * The audit log: who did what, chained by hashes.
 * @module
 */
export { append } from "./append.ts";
export type { Actor, NewEntry } from "./entry.ts";

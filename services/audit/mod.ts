/**
 * The audit log: who did what, chained by hashes.
 * @module
 */
export { append } from "./append.ts";
export type { Json } from "./canonical_json.ts";
export type { Actor, NewEntry } from "./entry.ts";
export { erase, type Erasure } from "./erase.ts";
export {
  type AuditEntry,
  type AuditLog,
  createAuditLog,
  type EntryFilter,
  listEntries,
} from "./list.ts";
export { auditHead, type ChainPoint, type Verification, verifyChain } from "./verify.ts";

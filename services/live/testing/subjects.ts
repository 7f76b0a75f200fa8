/**
 * Viewers of the tests.
 * @module
 */
import type { Role } from "../../accounts/mod.ts";
import type { Subject } from "../../auth/mod.ts";

/** Sees everything. */
export const everyone: Subject = { role: "super_admin", scope: { kind: "all" } };

/** A user of some accounts. */
export function member(role: Role, ...ids: string[]): Subject {
  return { role, scope: { kind: "accounts", ids } };
}

/**
 * What a supervisor and its workers say to each other.
 * @module
 */
import type { Config, Role } from "../services/config/mod.ts";

/** Figures of a role's own, shown beside its state: plain values only. */
export type Detail = Readonly<Record<string, string | number | boolean>>;

/** From the supervisor. */
export type Order =
  | {
    readonly kind: "start";
    readonly role: Role;
    readonly index: number;
    readonly config: Config;
    readonly heartbeatMs: number;
  }
  | { readonly kind: "stop" };

/** From a worker. */
export type Report =
  | { readonly kind: "ready" }
  /** `lagMs`: the most that a timer was late since the last heartbeat. */
  | { readonly kind: "heartbeat"; readonly lagMs: number; readonly detail: Detail }
  /** The role has drained after a `stop`, and ends. */
  | { readonly kind: "goodbye" }
  /** The role can't go on, and ends. */
  | { readonly kind: "failed"; readonly message: string };

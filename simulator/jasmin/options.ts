/** What a simulator can be told at its start. */
import type { BehaviourChange, Timing } from "./gateway/behaviour.ts";
import type { TrafficOptions } from "./traffic.ts";

/** `0.12` is the repository after 0.11.1: it still calls itself 0.11.1. */
export type Release = "0.11.0" | "0.11.1" | "0.12";

/** What stands where the gateway's interceptor process would be; see `gateway/script.ts`. */
export type InterceptorMode = "absent" | "disconnected" | "connected";

export interface JasminSimulatorOptions {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 is a free port. @default 0 */
  readonly jcliPort?: number;
  /** 0 is a free port. @default 0 */
  readonly httpPort?: number;
  /** Of jcli. @default "jcliadmin" */
  readonly username?: string;
  /** Of jcli. @default "jclipwd" */
  readonly password?: string;
  /** Whether jcli asks for them. @default true */
  readonly authentication?: boolean;
  /** Column sets and, for 0.11.1, its loss of every receipt. @default "0.11.0" */
  readonly release?: Release;
  /** Where `persist` writes; in memory without it. */
  readonly storeDir?: string;
  /** Where the gateway's log files are written; none without it. */
  readonly logDir?: string;
  /** Of everything that is left to chance. @default 1 */
  readonly seed?: number;
  /** Behaviour of connectors that have none of their own. */
  readonly behaviour?: BehaviourChange;
  /** Behaviour by connector id. */
  readonly connectors?: Readonly<Record<string, BehaviourChange>>;
  readonly timing?: Partial<Timing>;
  /** @default "absent" */
  readonly interceptor?: InterceptorMode;
  /** Longest message in parts; the rest is cut. @default 5 */
  readonly longContentMaxParts?: number;
  /** The operators' first message id; drawn without it. */
  readonly firstSmscId?: number;
  /** Entries of each kind that the ledger keeps. @default 100_000 */
  readonly ledgerLimit?: number;
  /** Other programs' messages, and phones'. None without it. */
  readonly traffic?: TrafficOptions;
}

/**
 * What the live stream tells, in the API's words: as `GET /events` documents it.
 * @module
 */
import type { ConnectorSecond, TrafficSnapshot } from "../services/metrics/mod.ts";
import type { ConnectorState } from "../services/gateway/mod.ts";
import type { MtState } from "../services/messages/mod.ts";

/** Figures of the installation: of one second, with the rates of each connector. */
export interface InstallationSecond extends TrafficSnapshot {
  readonly at: string;
  readonly connectors: Readonly<Record<string, ConnectorSecond>>;
}

/** Figures of one account with all below it; told when they change. */
export interface AccountSecond extends TrafficSnapshot {
  readonly account_id: string;
  readonly at: string;
}

/** A connector changed its state. It may be told twice, under the same id. */
export interface ConnectorChanged {
  readonly id: string;
  readonly cid: string;
  readonly state: ConnectorState | "removed";
  readonly previous_state: ConnectorState | null;
  readonly session: string;
  readonly at: string;
}

/** An MT message moved; `previous_state` is null when it was born. */
export interface MessageMoved {
  readonly account_id: string;
  readonly id: string;
  readonly to: string;
  readonly state: MtState;
  readonly previous_state: MtState | null;
  readonly signal: string;
  readonly correction: boolean;
  readonly reason: string | null;
  /** Absent for who may not see connectors; null until it is known. */
  readonly connector?: string | null;
  readonly at: string;
}

/** An MO message came in. */
export interface MessageReceived {
  readonly account_id: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly connector?: string | null;
  readonly at: string;
}

/** An alert was raised, changed or is over; its data is as `GET /api/v1/alerts` shows it. */
export interface AlertTold {
  readonly type: `alerts.${string}`;
  readonly data: { readonly id: string; readonly [field: string]: unknown };
}

/** Something that happened. */
export type LiveEvent =
  | { readonly type: "metrics.installation"; readonly data: InstallationSecond }
  | { readonly type: "metrics.account"; readonly data: AccountSecond }
  | { readonly type: "connectors.state"; readonly data: ConnectorChanged }
  | { readonly type: "messages.transition"; readonly data: MessageMoved }
  | { readonly type: "messages.received"; readonly data: MessageReceived }
  | AlertTold;

/** A connector in a snapshot. */
export interface ConnectorPresent {
  readonly cid: string;
  readonly state: ConnectorState;
  readonly session: string;
  readonly since: string;
  readonly last_error: string | null;
}

/** The present state of the channels that were asked for. */
export interface LivePresent {
  readonly metrics?: {
    readonly installation: InstallationSecond | null;
    readonly accounts: readonly AccountSecond[];
    readonly services: readonly {
      readonly name: string;
      readonly state: "up" | "down" | "unknown";
      readonly since: string;
      readonly detail: string | null;
    }[];
  };
  readonly connectors?: readonly ConnectorPresent[];
}

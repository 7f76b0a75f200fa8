/**
 * The words of alerts.
 * @module
 */

/** What an incident is about. */
export const INCIDENT_KINDS = ["connector-down", "delivery-rate", "service-down"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** From the mildest. */
export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Facts of an incident by name, for its words: plain values, none of them secret. */
export type IncidentDetail = Readonly<Record<string, string | number | null>>;

/** Something that was wrong, from when it began until it was over. */
export interface Incident {
  readonly id: string;
  readonly kind: IncidentKind;
  /** A connector's cid, a service's name; empty for the installation. */
  readonly subject: string;
  /** Null: the installation's. */
  readonly accountId: string | null;
  readonly severity: Severity;
  readonly detail: IncidentDetail;
  /** When the condition began, which is before the incident was raised. */
  readonly openedAt: Date;
  readonly raisedAt: Date;
  /** Null while it lasts. */
  readonly closedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  /** Times that it came back within `FLAP_MS` of being over. */
  readonly flaps: number;
  /** Counts its changes; with the id it names a live event. */
  readonly revision: number;
}

/** A condition that holds now, as a rule found it. */
export interface Condition {
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly severity: Severity;
  /** Since when it holds. */
  readonly since: Date;
  /** For how long it must hold before it is an incident, in milliseconds. */
  readonly forMs: number;
  readonly detail: IncidentDetail;
}

/** What comes back this soon after it was over is the same incident, in milliseconds. */
export const FLAP_MS = 60_000;

/**
 * Alerts: what is wrong, since when, who has seen it, and when it was over.
 * @module
 */
export {
  type Condition,
  FLAP_MS,
  type Incident,
  INCIDENT_KINDS,
  type IncidentDetail,
  type IncidentKind,
  SEVERITIES,
  type Severity,
} from "./model.ts";
export type { ObservedService } from "./rules.ts";
export { type Alerts, createAlerts } from "./service.ts";
export {
  type IncidentFilter,
  listIncidents,
  openIncidents,
  showIncident,
  type ShownIncident,
} from "./store.ts";
export { AlertWatch, type Evaluated } from "./watch.ts";

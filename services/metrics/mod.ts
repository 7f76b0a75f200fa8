/**
 * Figures: minutes folded from counts, the snapshot of each second, health.
 * @module
 */
export { foldDeltas, type FoldedCount, loadCounts, loadGauges } from "./fold.ts";
export { MetricsRecorder, saveSnapshots, type Second, startOfDay } from "./recorder.ts";
export { type ConnectorCounters, recordCounters } from "./gateway_counters.ts";
export {
  type ConnectorSecond,
  connectorSecond,
  type TrafficSnapshot,
  trafficSnapshot,
} from "./snapshot.ts";
export { GATEWAY_ACCOUNT, Tally } from "./tally.ts";
export {
  checkHealth,
  type DependencyHealth,
  type HealthDeps,
  type HealthReport,
} from "./health.ts";

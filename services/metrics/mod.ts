/**
 * Figures: minutes folded from counts, the snapshot of each second, health.
 * @module
 */
export { foldDeltas, type FoldedCount, loadCounts, loadGauges } from "./fold.ts";
export { MetricsRecorder, saveSnapshots, type Second } from "./recorder.ts";
export { addDays, startOfDay, timeZone } from "./day.ts";
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
export { markMeasured, measuredMinutes, type MeasureSource } from "./measured.ts";
export {
  listProcesses,
  type ProcessReport,
  type ProcessState,
  pruneProcesses,
  type WorkerReport,
} from "./processes.ts";
export { ProcessReporter, type ReporterOptions } from "./process_reporter.ts";
export {
  type ConnectorMeasure,
  type FiguresOf,
  keepSecond,
  RECENT_SECONDS,
  type RecentConnectors,
  recentConnectors,
  type RecentSeconds,
  recentSeconds,
  SECOND_MEASURES,
  type SecondMeasure,
  type SecondSeries,
} from "./seconds.ts";
export { listServices, type ServiceLine } from "./services.ts";
export { lostWorkers, noteDatabaseBack, watchServices } from "./watch.ts";

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
export {
  listServices,
  type ServiceLine,
  serviceLines,
  type ShownService,
  showService,
} from "./services.ts";
export { lostWorkers, noteDatabaseBack, watchServices } from "./watch.ts";
export {
  type ConnectorLine,
  type ConnectorLoad,
  connectorLoads,
  type ConnectorRates,
  limitOf,
  listConnectorLines,
} from "./connectors.ts";
export {
  type Dashboard,
  type DashboardViewer,
  type Figures,
  type LatestMessage,
  readDashboard,
} from "./dashboard.ts";
export { type LatestEvent, latestEvents } from "./events.ts";
export {
  type History,
  type HistorySeries,
  type HistoryTotals,
  type HistoryValues,
  MOST_SERIES,
  readHistory,
} from "./history.ts";
export { csvField, historyCsv } from "./history_csv.ts";
export { HISTORY_MEASURES, type HistoryMeasure } from "./history_figures.ts";
export {
  HISTORY_RANGES,
  HISTORY_STEPS,
  type HistoryRange,
  type HistoryStep,
  type HistoryWindow,
  HOURS_KEPT_DAYS,
  MINUTES_KEPT_DAYS,
} from "./history_window.ts";
export { pruneFigures } from "./prune.ts";
export {
  createMetrics,
  type HistoryInput,
  type Metrics,
  type NamedHistory,
  UPTIME_RANGES,
  type UptimeRange,
  type Viewer,
} from "./service.ts";
export { type DatabaseConnections, readSystem, type SystemMetrics } from "./system.ts";
export { readUptimes, type RunState, type StateRun, type Uptime } from "./uptime.ts";
export { type PrometheusText, prometheusText } from "./prometheus.ts";

/**
 * The installation's figures in Prometheus' text format. Counts come from PostgreSQL, so every node
 * answers the same; they are of the day and begin again at midnight, which Prometheus takes for a
 * restart of the counter.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @module
 */
import { Counter, Gauge, Registry } from "prom-client";
import type { Sql } from "../db/mod.ts";
import { listConnectors } from "../gateway/mod.ts";
import { connectorLoads } from "./connectors.ts";
import { readFigures } from "./dashboard.ts";
import { readSystem } from "./system.ts";

/** A text and its media type. */
export interface PrometheusText {
  readonly contentType: string;
  readonly text: string;
}

const STATES = ["bound", "binding", "down", "stopped"] as const;

/** A registry of one answer: what an answer does not set is not in it. */
class Page {
  readonly registry = new Registry();

  gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
    return new Gauge({
      name: `jasmin_dashboard_${name}`,
      help,
      labelNames,
      registers: [this.registry],
    });
  }

  counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    return new Counter({
      name: `jasmin_dashboard_${name}`,
      help,
      labelNames,
      registers: [this.registry],
    });
  }
}

async function addTraffic(page: Page, sql: Sql): Promise<void> {
  const figures = await readFigures(sql, { kind: "installation" });
  if (figures === null) return;
  const { mt_per_second, mo_per_second, today, queue } = figures;
  page.gauge("figures_timestamp_seconds", "When the figures were taken")
    .set(figures.at.getTime() / 1_000);
  const rate = page.gauge("mt_per_second", "MT messages in the last second by step", ["step"]);
  for (const [step, value] of Object.entries(mt_per_second)) rate.set({ step }, value);
  page.gauge("mo_per_second", "MO messages in the last second").set(mo_per_second);
  const total = page.counter("messages_today_total", "Messages since midnight by step", ["step"]);
  for (const step of ["submitted", "delivered", "failed", "unconfirmed", "received"] as const) {
    // A late receipt corrects a failure, which may leave less than nothing of today's.
    total.inc({ step }, Math.max(0, today[step]));
  }
  const level = page.gauge("queue_messages", "Messages that are not final by level", ["level"]);
  for (const [name, value] of Object.entries(queue)) level.set({ level: name }, value);
  if (today.delivery_rate !== null) {
    page.gauge("delivery_ratio_today", "Delivered of closed messages since midnight")
      .set(today.delivery_rate);
  }
  if (today.delivery_mean_ms !== null) {
    page.gauge("delivery_mean_seconds_today", "Mean time to the receipt since midnight")
      .set(today.delivery_mean_ms / 1_000);
  }
  if (today.delivery_p95_ms !== null) {
    page.gauge("delivery_p95_seconds_today", "95th percentile of the time to the receipt")
      .set(today.delivery_p95_ms / 1_000);
  }
}

async function addConnectors(page: Page, sql: Sql): Promise<void> {
  const [connectors, loadOf] = await Promise.all([listConnectors(sql), connectorLoads(sql)]);
  const state = page.gauge("connector_state", "1 for the state that it is in", ["cid", "state"]);
  const rate = page.gauge("connector_per_second", "Mean of ten seconds by count", ["cid", "count"]);
  const limit = page.gauge("connector_limit_per_second", "submit_throughput", ["cid"]);
  for (const connector of connectors) {
    const { cid } = connector;
    for (const each of STATES) state.set({ cid, state: each }, each === connector.state ? 1 : 0);
    const load = loadOf(connector);
    for (const [count, value] of Object.entries(load.rates ?? {})) rate.set({ cid, count }, value);
    if (load.limit !== null) limit.set({ cid }, load.limit);
  }
}

async function addSystem(page: Page, sql: Sql): Promise<void> {
  const { services, processes, database } = await readSystem(sql);
  const up = page.gauge("service_up", "1 when it is up, 0 when down or unknown", ["service"]);
  for (const { name, state } of services) up.set({ service: name }, state === "up" ? 1 : 0);
  const connections = page.gauge("database_connections", "Connections by state", ["state"]);
  connections.set({ state: "active" }, database.active);
  connections.set({ state: "idle" }, database.idle);
  page.gauge("database_connections_max", "max_connections").set(database.max);
  const cpu = page.gauge("process_cpu_ratio", "Processors in use", ["process"]);
  const memory = page.gauge("process_resident_bytes", "Resident memory", ["process"]);
  const lag = page.gauge("event_loop_lag_seconds", "Most that timers were late", [
    "process",
    "thread",
  ]);
  const clients = page.gauge("live_clients", "Clients of /events and /ws", ["process"]);
  const restarts = page.gauge("worker_restarts", "Times that it died", ["process", "worker"]);
  for (const { id, ...each } of processes) {
    cpu.set({ process: id }, each.cpu);
    memory.set({ process: id }, each.rssBytes);
    lag.set({ process: id, thread: "main" }, each.lagMs / 1_000);
    if (each.liveClients !== null) clients.set({ process: id }, each.liveClients);
    for (const { name, lagMs, restarts: times } of each.workers) {
      lag.set({ process: id, thread: name }, lagMs / 1_000);
      restarts.set({ process: id, worker: name }, times);
    }
  }
}

/** The figures as of now. */
export async function prometheusText(sql: Sql): Promise<PrometheusText> {
  const page = new Page();
  await Promise.all([addTraffic(page, sql), addConnectors(page, sql), addSystem(page, sql)]);
  const { registry } = page;
  return { contentType: registry.contentType, text: await registry.metrics() };
}

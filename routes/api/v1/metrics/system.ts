import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id, timestamp } from "../../fields.ts";
import { serviceSchema } from "../services/schemas.ts";
import { showService } from "../../../../services/metrics/mod.ts";

const workerSchema = z.strictObject({
  name: z.string().meta({ example: "ingest 0" }),
  state: z.enum(["up", "down"]),
  since: timestamp,
  last_error: z.string().nullable(),
  restarts: z.int(),
  lag_ms: z.number(),
});

const processSchema = z.strictObject({
  id,
  seen_at: timestamp,
  started_at: timestamp,
  cpu: z.number().meta({ description: "Processors in use: 1 is one of them whole" }),
  rss_bytes: z.number(),
  heap_used_bytes: z.number(),
  lag_ms: z.number().meta({ description: "The most that the main thread's timers were late" }),
  live_clients: z.int().nullable().meta({ description: "Null in a process without a web part" }),
  workers: z.array(workerSchema),
});

export const readSystemMetrics = endpoint({
  method: "GET",
  path: "/api/v1/metrics/system",
  summary: "Read the state of processes, workers, services and database connections",
  tags: ["Metrics"],
  permission: "system:read",
  responses: {
    200: {
      description: "As told within the last seconds",
      schema: z.strictObject({
        at: timestamp,
        processes: z.array(processSchema),
        services: z.array(serviceSchema),
        database: z.strictObject({
          active: z.int(),
          idle: z.int(),
          max: z.int(),
          total: z.int(),
        }),
        throughput: z.strictObject({
          submitted_last_minute: z.number(),
          submitted_last_hour: z.number(),
          delivered_last_minute: z.number(),
          delivered_last_hour: z.number(),
        }),
      }).meta({ id: "SystemMetrics" }),
    },
  },
  async handle({ services }) {
    const { at, processes, services: lines, database, throughput } = await services.metrics
      .system();
    return {
      status: 200,
      body: {
        at: at.toISOString(),
        processes: processes.map((each) => ({
          id: each.id,
          seen_at: each.seenAt.toISOString(),
          started_at: each.startedAt,
          cpu: each.cpu,
          rss_bytes: each.rssBytes,
          heap_used_bytes: each.heapUsedBytes,
          lag_ms: each.lagMs,
          live_clients: each.liveClients,
          workers: each.workers.map(({ name, state, since, lastError, restarts, lagMs }) => ({
            name,
            state,
            since,
            last_error: lastError,
            restarts,
            lag_ms: lagMs,
          })),
        })),
        services: lines.map(showService),
        database,
        throughput: {
          submitted_last_minute: throughput.submittedLastMinute,
          submitted_last_hour: throughput.submittedLastHour,
          delivered_last_minute: throughput.deliveredLastMinute,
          delivered_last_hour: throughput.deliveredLastHour,
        },
      },
    };
  },
});

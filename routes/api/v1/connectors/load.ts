import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { connectorSchema, showConnector } from "./schemas.ts";

const rate = z.number().meta({ description: "Mean of ten seconds" });

export const listConnectorLoads = endpoint({
  method: "GET",
  path: "/api/v1/metrics/connectors",
  summary: "List connectors with their rates, what of the limit is free, and the last hour",
  description: "By the gateway's own counters: all traffic, whoever sent it.",
  tags: ["Connectors", "Metrics"],
  permission: "connectors:read",
  responses: {
    200: {
      description: "All connectors, worst first",
      schema: z.strictObject({
        items: z.array(z.strictObject({
          ...connectorSchema.shape,
          rates: z.strictObject({ submit: rate, deliver: rate, throttled: rate, errors: rate })
            .nullable().meta({ description: "Null when nobody measured" }),
          limit: z.number().nullable().meta({
            description: "submit_throughput in messages per second; null without one",
          }),
          headroom: z.number().nullable().meta({ description: "What of the limit is free" }),
          throttled_last_minute: z.number(),
          submitted_by_minute: z.array(z.number().nullable()).meta({
            description: "The 60 last minutes, oldest first; null where nobody measured",
          }),
        })),
      }).meta({ id: "ConnectorLoadList" }),
    },
  },
  async handle({ services }) {
    const lines = await services.metrics.connectors();
    return {
      status: 200,
      body: {
        items: lines.map((line) => ({
          ...showConnector(line),
          rates: line.rates,
          limit: line.limit,
          headroom: line.headroom,
          throttled_last_minute: line.throttledLastMinute,
          submitted_by_minute: line.lastHour.submit,
        })),
      },
    };
  },
});

import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id, limit, timestamp } from "../../fields.ts";
import { cidParams } from "./schemas.ts";

const state = z.enum(["bound", "binding", "down", "stopped"]);

export const listConnectorEvents = endpoint({
  method: "GET",
  path: "/api/v1/connectors/{cid}/events",
  summary: "List a connector's changes of state, newest first",
  tags: ["Connectors"],
  permission: "connectors:read",
  params: cidParams,
  query: z.strictObject({
    cursor: id.optional().meta({ description: "The next_cursor of the page before" }),
    limit,
  }),
  responses: {
    200: {
      description: "A page of changes; empty for a connector that never was",
      schema: z.strictObject({
        items: z.array(z.strictObject({
          id,
          at: timestamp,
          from: state.nullable().meta({ description: "Null: it appeared" }),
          to: z.enum([...state.options, "removed"]),
          session: z.string().nullable().meta({ description: "As jcli says it" }),
        })),
        next_cursor: z.string().nullable(),
      }).meta({ id: "ConnectorEventList" }),
    },
  },
  async handle({ params, query, services }) {
    const { cursor, limit } = query;
    const page = await services.connectors.events(params.cid, {
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return {
      status: 200,
      body: {
        items: page.items.map(({ id, at, from, to, session }) => ({
          id,
          at: at.toISOString(),
          from,
          to,
          session,
        })),
        next_cursor: page.nextCursor,
      },
    };
  },
});

const runSchema = z.strictObject({
  state: z.enum([...state.options, "absent", "unknown"]).meta({
    description: "absent: the gateway had none; unknown: nobody looked",
  }),
  from: timestamp,
  to: timestamp,
});

export const readConnectorUptime = endpoint({
  method: "GET",
  path: "/api/v1/connectors/{cid}/uptime",
  summary: "Read in which states a connector was, and for how long",
  tags: ["Connectors"],
  permission: "connectors:read",
  params: cidParams,
  query: z.strictObject({ range: z.enum(["24h", "30d"]).default("24h") }),
  responses: {
    200: {
      description: "Its time in runs without a hole",
      schema: z.strictObject({
        from: timestamp,
        to: timestamp,
        bound_share: z.number().nullable().meta({
          description: "Of the time in which it was started and somebody looked, 0 to 1",
        }),
        drops: z.int().meta({ description: "Times that it lost its bind" }),
        runs: z.array(runSchema),
      }).meta({ id: "ConnectorUptime" }),
    },
  },
  errors: ["not-found"],
  async handle({ params, query, services }) {
    const uptime = await services.metrics.uptime(params.cid, query.range);
    return {
      status: 200,
      body: {
        from: uptime.from.toISOString(),
        to: uptime.to.toISOString(),
        bound_share: uptime.boundShare,
        drops: uptime.drops,
        runs: uptime.runs.map(({ state, from, to }) => ({
          state,
          from: from.toISOString(),
          to: to.toISOString(),
        })),
      },
    };
  },
});

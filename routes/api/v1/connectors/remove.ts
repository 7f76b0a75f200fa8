import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { queryBoolean } from "../../fields.ts";
import { cidParams } from "./schemas.ts";

export const readConnectorRoutes = endpoint({
  method: "GET",
  path: "/api/v1/connectors/{cid}/routes",
  summary: "List the routes that name a connector, read from the gateway",
  tags: ["Connectors"],
  permission: "connectors:read",
  params: cidParams,
  responses: {
    200: {
      description: "MT routes that lead to it, and MO routes with a filter on it",
      schema: z.strictObject({
        items: z.array(z.strictObject({
          direction: z.enum(["mt", "mo"]),
          order: z.int(),
          type: z.string(),
        })),
      }).meta({ id: "ConnectorRouteList" }),
    },
  },
  errors: ["unavailable"],
  async handle({ params, services }) {
    return { status: 200, body: { items: await services.connectors.uses(params.cid) } };
  },
});

export const removeConnector = endpoint({
  method: "DELETE",
  path: "/api/v1/connectors/{cid}",
  summary: "Delete a connector",
  description:
    "One that routes use is refused: their messages would fail. What waits in its queue on the " +
    "gateway stays there. Its history is kept here.",
  tags: ["Connectors"],
  permission: "connectors:write",
  params: cidParams,
  query: z.strictObject({
    even_if_used: queryBoolean("Delete it although routes use it").optional(),
  }),
  responses: { 204: { description: "It is gone" } },
  errors: ["not-found", "conflict", "unavailable"],
  async handle({ params, query, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    await services.connectors.remove(params.cid, query.even_if_used ?? false, operator);
    return { status: 204 };
  },
});

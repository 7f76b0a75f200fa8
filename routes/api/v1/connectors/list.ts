import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { connectorSchema, showConnector } from "./schemas.ts";

export const listConnectors = endpoint({
  method: "GET",
  path: "/api/v1/connectors",
  summary: "List the gateway's SMPP client connectors, worst first",
  tags: ["Connectors"],
  permission: "connectors:read",
  responses: {
    200: {
      description: "All connectors",
      schema: z.object({ items: z.array(connectorSchema) }).meta({ id: "ConnectorList" }),
    },
  },
  async handle({ services }) {
    return {
      status: 200,
      body: { items: (await services.connectors.list()).map(showConnector) },
    };
  },
});

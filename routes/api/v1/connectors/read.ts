import { endpoint } from "../../endpoint.ts";
import { cidParams, connectorSchema, showConnector } from "./schemas.ts";

export const readConnector = endpoint({
  method: "GET",
  path: "/api/v1/connectors/{cid}",
  summary: "Read a connector",
  tags: ["Connectors"],
  permission: "connectors:read",
  params: cidParams,
  responses: { 200: { description: "The connector", schema: connectorSchema } },
  errors: ["not-found"],
  async handle({ params, services }) {
    return { status: 200, body: showConnector(await services.connectors.read(params.cid)) };
  },
});

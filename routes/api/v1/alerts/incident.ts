import { showIncident } from "../../../../services/alerts/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { incidentParams, incidentSchema } from "./schemas.ts";

export const readAlert = endpoint({
  method: "GET",
  path: "/api/v1/alerts/{id}",
  summary: "Read an incident",
  tags: ["Alerts"],
  permission: "alerts:read",
  params: incidentParams,
  responses: { 200: { description: "The incident", schema: incidentSchema } },
  errors: ["not-found"],
  async handle({ params, scope, services }) {
    return { status: 200, body: showIncident(await services.alerts.read(scope, params.id)) };
  },
});

export const acknowledgeAlert = endpoint({
  method: "POST",
  path: "/api/v1/alerts/{id}/acknowledge",
  summary: "Say that you have seen an incident",
  description: "Every screen is told. An incident is acknowledged once, also when it is over.",
  tags: ["Alerts"],
  permission: "alerts:write",
  params: incidentParams,
  responses: { 200: { description: "The incident", schema: incidentSchema } },
  errors: ["conflict", "not-found"],
  async handle({ params, scope, principal, ip, services }) {
    const incident = await services.alerts.acknowledge(scope, params.id, { principal, ip });
    return { status: 200, body: showIncident(incident) };
  },
});

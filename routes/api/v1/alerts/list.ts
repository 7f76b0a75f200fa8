import { z } from "zod";
import { INCIDENT_KINDS, showIncident } from "../../../../services/alerts/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { id, limit } from "../../fields.ts";
import { incidentSchema } from "./schemas.ts";

export const listAlerts = endpoint({
  method: "GET",
  path: "/api/v1/alerts",
  summary: "List incidents, newest first",
  tags: ["Alerts"],
  permission: "alerts:read",
  query: z.strictObject({
    state: z.enum(["active", "closed", "all"]).default("active"),
    kind: z.enum(INCIDENT_KINDS).optional(),
    subject: z.string().max(200).optional(),
    cursor: id.optional().meta({ description: "The next_cursor of the page before" }),
    limit,
  }),
  responses: {
    200: {
      description: "A page of incidents",
      schema: z.strictObject({
        items: z.array(incidentSchema),
        next_cursor: z.string().nullable(),
      }).meta({ id: "IncidentList" }),
    },
  },
  async handle({ query, scope, services }) {
    const { state, kind, subject, cursor, limit } = query;
    const page = await services.alerts.list(scope, {
      ...(state === "all" ? {} : { state }),
      ...(kind === undefined ? {} : { kind }),
      ...(subject === undefined ? {} : { subject }),
    }, { limit, ...(cursor === undefined ? {} : { cursor }) });
    return {
      status: 200,
      body: { items: page.items.map(showIncident), next_cursor: page.nextCursor },
    };
  },
});

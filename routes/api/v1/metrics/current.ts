import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import {
  figuresSchema,
  ofFields,
  recentSchema,
  showFigures,
  showOf,
  showRecent,
} from "./schemas.ts";

const query = z.strictObject({
  account_id: id.optional().meta({
    description: "An account with everything below it, instead of all that the caller may see",
  }),
});

export const readMetrics = endpoint({
  method: "GET",
  path: "/api/v1/metrics",
  summary: "Read the latest figures",
  description: "Of the installation for who sees it, else of the caller's own account.",
  tags: ["Metrics"],
  permission: "metrics:read",
  query,
  responses: {
    200: {
      description: "The figures; null before the first second",
      schema: z.strictObject({ ...ofFields, figures: figuresSchema.nullable() }),
    },
  },
  async handle({ query, principal, services }) {
    const { of, figures } = await services.metrics.figures(principal, query.account_id);
    return {
      status: 200,
      body: { ...showOf(of), figures: figures === null ? null : showFigures(figures) },
    };
  },
});

export const readRecentMetrics = endpoint({
  method: "GET",
  path: "/api/v1/metrics/recent",
  summary: "Read the last five minutes, second by second",
  tags: ["Metrics"],
  permission: "metrics:read",
  query,
  responses: { 200: { description: "Five minutes", schema: recentSchema } },
  async handle({ query, principal, services }) {
    const { of, recent } = await services.metrics.recent(principal, query.account_id);
    return { status: 200, body: showRecent(of, recent) };
  },
});

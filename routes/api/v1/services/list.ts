import { z } from "zod";
import { showService } from "../../../../services/metrics/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { serviceSchema } from "./schemas.ts";

export const listServices = endpoint({
  method: "GET",
  path: "/api/v1/services",
  summary: "List what the installation stands on, with state, since-when and last error",
  tags: ["Metrics"],
  permission: "connectors:read",
  responses: {
    200: {
      description: "The five services",
      schema: z.strictObject({ items: z.array(serviceSchema) }).meta({ id: "ServiceList" }),
    },
  },
  async handle({ services }) {
    return {
      status: 200,
      body: { items: (await services.metrics.services()).map(showService) },
    };
  },
});

import { endpoint } from "../../endpoint.ts";
import { apiKeyParams, apiKeySchema, showApiKey } from "./schemas.ts";

export const readApiKey = endpoint({
  method: "GET",
  path: "/api/v1/api-keys/{id}",
  summary: "Read an API key",
  tags: ["API keys"],
  permission: "api-keys:read",
  params: apiKeyParams,
  responses: { 200: { description: "The key, without its secret", schema: apiKeySchema } },
  errors: ["not-found"],
  async handle({ params, principal, services }) {
    return { status: 200, body: showApiKey(await services.apiKeys.read(principal, params.id)) };
  },
});

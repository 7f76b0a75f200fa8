import { endpoint } from "../../endpoint.ts";
import { apiKeyParams } from "./schemas.ts";

export const revokeApiKey = endpoint({
  method: "DELETE",
  path: "/api/v1/api-keys/{id}",
  summary: "Revoke an API key for good",
  tags: ["API keys"],
  permission: "api-keys:write",
  params: apiKeyParams,
  responses: { 204: { description: "Revoked" } },
  errors: ["not-found"],
  async handle({ ip, params, principal, services }) {
    await services.apiKeys.revoke({ ip, principal }, params.id);
    return { status: 204 };
  },
});

import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import { keyOfCursor, pageFrom, pageOf, pageQuery } from "../../page.ts";
import { apiKeySchema, showApiKey } from "./schemas.ts";

export const listApiKeys = endpoint({
  method: "GET",
  path: "/api/v1/api-keys",
  summary: "List API keys, newest first",
  description: "One's own, and those of all users of the account for who may read users.",
  tags: ["API keys"],
  permission: "api-keys:read",
  query: z.object({ ...pageQuery, user_id: id.optional() }),
  responses: { 200: { description: "A page", schema: pageOf(apiKeySchema, "ApiKeyPage") } },
  async handle({ principal, query, services }) {
    const { cursor, limit, user_id } = query;
    const keys = await services.apiKeys.list(principal, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { before: keyOfCursor(cursor, z.uuid()) }),
      ...(user_id === undefined ? {} : { userId: user_id }),
    });
    return { status: 200, body: pageFrom(keys, limit, (key) => key.id, showApiKey) };
  },
});

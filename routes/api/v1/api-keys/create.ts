import { z } from "zod";
import { PERMISSIONS } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { instant } from "../../fields.ts";
import { apiKeySchema, permissionSchema, showApiKey } from "./schemas.ts";

export const createApiKey = endpoint({
  method: "POST",
  path: "/api/v1/api-keys",
  summary: "Make an API key that acts for the caller",
  description:
    "Within its scopes, and within what the caller's role may do at the time of each request. The secret is in this answer and nowhere else.",
  tags: ["API keys"],
  permission: "api-keys:write",
  body: z.strictObject({
    name: z.string().min(1).max(120),
    scopes: z.array(permissionSchema).min(1).max(PERMISSIONS.length),
    expires_at: instant.nullable().optional().meta({ description: "Never, unless told" }),
  }),
  example: { name: "Shop", scopes: ["messages:send", "messages:read"] },
  responses: {
    201: {
      description: "Made",
      schema: apiKeySchema.extend({
        secret: z.string().meta({ description: "Shown this once" }),
      }).meta({ id: "NewApiKey" }),
    },
  },
  async handle({ body, ip, principal, services }) {
    const { key, secret } = await services.apiKeys.create({ ip, principal }, {
      name: body.name,
      scopes: body.scopes,
      expiresAt: body.expires_at ?? null,
    });
    return {
      status: 201,
      headers: { Location: `/api/v1/api-keys/${key.id}` },
      body: { ...showApiKey(key), secret },
    };
  },
});

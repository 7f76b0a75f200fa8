import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { showTokens, tokensSchema } from "./schemas.ts";

export const login = endpoint({
  method: "POST",
  path: "/api/v1/auth/login",
  summary: "Sign in",
  tags: ["Auth"],
  permission: "public",
  body: z.strictObject({
    email: z.string().min(1).max(320),
    password: z.string().min(1).max(1000),
  }),
  example: { email: "admin@example.com", password: "correct horse battery staple" },
  responses: { 200: { description: "A pair of tokens", schema: tokensSchema } },
  errors: ["unauthenticated", "rate-limited", "unavailable"],
  async handle({ body, ip, request, services }) {
    const userAgent = request.headers.get("User-Agent");
    return {
      status: 200,
      body: showTokens(await services.auth.login({ ...body, ip, userAgent })),
    };
  },
});

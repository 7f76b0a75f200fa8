import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { showTokens, tokensSchema } from "./schemas.ts";

export const login = endpoint({
  method: "POST",
  path: "/api/v1/auth/login",
  summary: "Sign in",
  description: "A user with a second factor is answered 401 `totp-required` until `code` is right.",
  tags: ["Auth"],
  permission: "public",
  body: z.strictObject({
    email: z.string().min(1).max(320),
    password: z.string().min(1).max(1000),
    code: z.string().min(1).max(40).optional().meta({
      description: "Of the second factor, or a recovery code; a user who has one is asked for it",
    }),
  }),
  example: { email: "admin@example.com", password: "correct horse battery staple" },
  responses: { 200: { description: "A pair of tokens", schema: tokensSchema } },
  errors: ["unauthenticated", "totp-required", "rate-limited", "unavailable"],
  async handle({ body, ip, request, services }) {
    const { code, email, password } = body;
    const tokens = await services.auth.login({
      email,
      password,
      ip,
      userAgent: request.headers.get("User-Agent"),
      ...(code === undefined ? {} : { code }),
    });
    return { status: 200, body: showTokens(tokens) };
  },
});

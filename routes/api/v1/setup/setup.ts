import { z } from "zod";
import { LANGUAGES } from "../../../../services/accounts/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { showTokens, tokensSchema } from "../auth/schemas.ts";

export const readSetup = endpoint({
  method: "GET",
  path: "/api/v1/setup",
  summary: "Whether the installation waits for its first user",
  tags: ["Setup"],
  permission: "public",
  responses: {
    200: {
      description: "Whether nobody can sign in yet",
      schema: z.strictObject({ needed: z.boolean() }).meta({ id: "Setup" }),
    },
  },
  async handle({ services }) {
    return { status: 200, body: { needed: await services.firstRun.needed() } };
  },
});

export const completeSetup = endpoint({
  method: "POST",
  path: "/api/v1/setup",
  summary: "Create the first super admin",
  description: "Works once, while there is no user; answers as signing in does.",
  tags: ["Setup"],
  permission: "public",
  body: z.strictObject({
    email: z.string().min(1).max(320),
    name: z.string().min(1).max(120),
    password: z.string().min(1).max(1000),
    language: z.enum(LANGUAGES).optional(),
  }),
  example: {
    email: "admin@example.com",
    name: "Ana Admin",
    password: "correct horse battery staple",
    language: "en",
  },
  responses: { 201: { description: "Created and signed in", schema: tokensSchema } },
  errors: ["conflict", "rate-limited"],
  async handle({ body, ip, request, services }) {
    const { email, language, name, password } = body;
    const tokens = await services.firstRun.complete(
      { email, name, password, ...(language === undefined ? {} : { language }) },
      { ip, userAgent: request.headers.get("User-Agent") },
    );
    return { status: 201, body: showTokens(tokens) };
  },
});

import { endpoint } from "../../endpoint.ts";
import { refreshTokenBody, showTokens, tokensSchema } from "./schemas.ts";

export const refresh = endpoint({
  method: "POST",
  path: "/api/v1/auth/refresh",
  summary: "Exchange a refresh token for a new pair",
  description: "The token is used up. Using it again ends the whole session.",
  tags: ["Auth"],
  permission: "public",
  body: refreshTokenBody,
  responses: { 200: { description: "A new pair of tokens", schema: tokensSchema } },
  errors: ["unauthenticated", "rate-limited"],
  async handle({ body, ip, request, services }) {
    const userAgent = request.headers.get("User-Agent");
    return {
      status: 200,
      body: showTokens(await services.auth.refresh(body.refresh_token, { ip, userAgent })),
    };
  },
});

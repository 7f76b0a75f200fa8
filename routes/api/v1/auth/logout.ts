import { endpoint } from "../../endpoint.ts";
import { refreshTokenBody } from "./schemas.ts";

export const logout = endpoint({
  method: "POST",
  path: "/api/v1/auth/logout",
  summary: "Sign out",
  description: "Ends the session of the access token, or of the refresh token in the body.",
  tags: ["Auth"],
  permission: "session",
  body: refreshTokenBody.optional(),
  responses: { 204: { description: "Signed out" } },
  async handle({ body, ip, principal, request, services }) {
    await services.auth.logout(
      body === undefined
        ? { sessionId: principal.sessionId }
        : { refreshToken: body.refresh_token },
      { ip, userAgent: request.headers.get("User-Agent") },
    );
    return { status: 204 };
  },
});

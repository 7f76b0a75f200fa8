import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { newPassword, userParams } from "./schemas.ts";

export const setUserPassword = endpoint({
  method: "POST",
  path: "/api/v1/users/{id}/password",
  summary: "Give another user a password",
  description: "Signs the user out everywhere.",
  tags: ["Users"],
  permission: "users:write",
  params: userParams,
  body: z.strictObject({ password: newPassword }),
  example: { password: "correct horse battery staple" },
  responses: { 204: { description: "Set" } },
  errors: ["not-found"],
  async handle({ body, ip, params, principal, services }) {
    await services.users.setPassword({ ip, principal }, params.id, body.password);
    return { status: 204 };
  },
});

export const resetUserSecondFactor = endpoint({
  method: "DELETE",
  path: "/api/v1/users/{id}/second-factor",
  summary: "Take another user's second factor away",
  description: "For who has lost both device and recovery codes.",
  tags: ["Users"],
  permission: "users:write",
  params: userParams,
  responses: { 204: { description: "Taken away" } },
  errors: ["not-found"],
  async handle({ ip, params, principal, services }) {
    await services.users.resetSecondFactor({ ip, principal }, params.id);
    return { status: 204 };
  },
});

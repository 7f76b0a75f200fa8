import { z } from "zod";
import { USER_STATUSES } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { showUser, userFields, userParams, userSchema } from "./schemas.ts";

export const updateUser = endpoint({
  method: "PATCH",
  path: "/api/v1/users/{id}",
  summary: "Change a user",
  description:
    "What is left out stays. The status `disabled` signs the user out and rests the user's API keys.",
  tags: ["Users"],
  permission: "users:write",
  params: userParams,
  body: z.strictObject({ ...userFields, status: z.enum(USER_STATUSES) }).partial(),
  example: { role: "analyst" },
  responses: { 200: { description: "The user as it is now", schema: userSchema } },
  errors: ["not-found", "conflict"],
  async handle({ body, ip, params, principal, services }) {
    const user = await services.users.update({ ip, principal }, params.id, body);
    return { status: 200, body: showUser(user) };
  },
});

import { endpoint } from "../../endpoint.ts";
import { showUser, userParams, userSchema } from "./schemas.ts";

export const readUser = endpoint({
  method: "GET",
  path: "/api/v1/users/{id}",
  summary: "Read a user",
  tags: ["Users"],
  permission: "users:read",
  params: userParams,
  responses: { 200: { description: "The user", schema: userSchema } },
  errors: ["not-found"],
  async handle({ params, principal, services }) {
    return { status: 200, body: showUser(await services.users.read(principal, params.id)) };
  },
});

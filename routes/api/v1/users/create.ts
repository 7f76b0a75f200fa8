import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import { newPassword, showUser, userFields, userSchema } from "./schemas.ts";

export const createUser = endpoint({
  method: "POST",
  path: "/api/v1/users",
  summary: "Create a user",
  description: "With a role that is not above the caller's, in one of the caller's accounts.",
  tags: ["Users"],
  permission: "users:write",
  body: z.strictObject({
    ...userFields,
    account_id: id.optional().meta({ description: "The caller's own unless told" }),
    language: userFields.language.optional(),
    theme: userFields.theme.optional(),
    password: newPassword,
  }),
  example: {
    email: "carla@example.com",
    name: "Carla Client",
    role: "client",
    password: "correct horse battery staple",
  },
  responses: { 201: { description: "Created", schema: userSchema } },
  errors: ["conflict"],
  async handle({ body, ip, principal, services }) {
    const { account_id, language, theme, ...user } = body;
    const created = await services.users.create({ ip, principal }, {
      ...user,
      accountId: account_id ?? principal.accountId,
      ...(language === undefined ? {} : { language }),
      ...(theme === undefined ? {} : { theme }),
    });
    return {
      status: 201,
      headers: { Location: `/api/v1/users/${created.id}` },
      body: showUser(created),
    };
  },
});

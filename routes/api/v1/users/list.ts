import { z } from "zod";
import { ROLES } from "../../../../services/accounts/mod.ts";
import { USER_STATUSES } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import { keyOfCursor, pageFrom, pageOf, pageQuery } from "../../page.ts";
import { showUser, userSchema } from "./schemas.ts";

export const listUsers = endpoint({
  method: "GET",
  path: "/api/v1/users",
  summary: "List users, by address",
  tags: ["Users"],
  permission: "users:read",
  query: z.object({
    ...pageQuery,
    account_id: id.optional(),
    role: z.enum(ROLES).optional(),
    status: z.enum(USER_STATUSES).optional(),
    q: z.string().min(1).max(120).optional().meta({
      description: "Part of the address or the name",
    }),
  }),
  responses: { 200: { description: "A page", schema: pageOf(userSchema, "UserPage") } },
  async handle({ principal, query, services }) {
    const { account_id, cursor, limit, q, role, status } = query;
    const users = await services.users.list(principal, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { after: keyOfCursor(cursor, z.email()) }),
      ...(account_id === undefined ? {} : { accountId: account_id }),
      ...(role === undefined ? {} : { role }),
      ...(status === undefined ? {} : { status }),
      ...(q === undefined ? {} : { text: q }),
    });
    return { status: 200, body: pageFrom(users, limit, (user) => user.email, showUser) };
  },
});

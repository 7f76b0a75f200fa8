import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import {
  accountDetailsSchema,
  accountParams,
  accountSchema,
  showAccount,
  showDetails,
} from "./schemas.ts";

export const listAccounts = endpoint({
  method: "GET",
  path: "/api/v1/accounts",
  summary: "List accounts in the order of their tree",
  description: "Each before those below it; a `parent_id` that isn't in the list is above it.",
  tags: ["Accounts"],
  permission: "accounts:read",
  responses: {
    200: {
      description: "All that the caller may see",
      schema: z.object({ items: z.array(accountSchema) }).meta({ id: "AccountList" }),
    },
  },
  async handle({ scope, services }) {
    return { status: 200, body: { items: (await services.accounts.list(scope)).map(showAccount) } };
  },
});

export const readAccount = endpoint({
  method: "GET",
  path: "/api/v1/accounts/{id}",
  summary: "Read an account, what holds for it, and its quota",
  tags: ["Accounts"],
  permission: "accounts:read",
  params: accountParams,
  responses: { 200: { description: "The account", schema: accountDetailsSchema } },
  errors: ["not-found"],
  async handle({ params, principal, services }) {
    const details = await services.accounts.read(principal, params.id);
    return { status: 200, body: showDetails(details, can(principal, "gateway:read")) };
  },
});

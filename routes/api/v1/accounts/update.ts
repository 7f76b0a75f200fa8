import { z } from "zod";
import { ACCOUNT_STATUSES } from "../../../../services/accounts/mod.ts";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import {
  accountDetailsSchema,
  accountFields,
  accountParams,
  readLimits,
  readQuotaInput,
  readSettings,
  showDetails,
} from "./schemas.ts";

export const updateAccount = endpoint({
  method: "PATCH",
  path: "/api/v1/accounts/{id}",
  summary: "Change an account",
  description:
    "What is left out stays; `settings` and `limits` are replaced as a whole. Status, limits and quota are given from above: nobody changes those of the own account.",
  tags: ["Accounts"],
  permission: "accounts:write",
  params: accountParams,
  body: z.strictObject({ ...accountFields, status: z.enum(ACCOUNT_STATUSES) }).partial(),
  example: { name: "Shop", quota: { allowance: 20000, period: "month" } },
  responses: { 200: { description: "The account as it is now", schema: accountDetailsSchema } },
  errors: ["not-found", "conflict"],
  async handle({ body, ip, params, principal, services }) {
    const { gateway_user_id, limits, name, quota, settings, status } = body;
    const details = await services.accounts.update({ ip, principal }, params.id, {
      ...(name === undefined ? {} : { name }),
      ...(status === undefined ? {} : { status }),
      ...(settings === undefined ? {} : { settings: readSettings(settings) }),
      ...(limits === undefined ? {} : { limits: readLimits(limits) }),
      ...(quota === undefined ? {} : { quota: readQuotaInput(quota) }),
      ...(gateway_user_id === undefined ? {} : { gatewayUserId: gateway_user_id }),
    });
    return { status: 200, body: showDetails(details, can(principal, "gateway:read")) };
  },
});

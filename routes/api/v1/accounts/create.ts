import { z } from "zod";
import { can } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { id } from "../../fields.ts";
import {
  accountDetailsSchema,
  accountFields,
  readLimits,
  readQuotaInput,
  readSettings,
  showDetails,
} from "./schemas.ts";

export const createAccount = endpoint({
  method: "POST",
  path: "/api/v1/accounts",
  summary: "Create an account below another",
  tags: ["Accounts"],
  permission: "accounts:write",
  body: z.strictObject({
    parent_id: id.optional().meta({ description: "The caller's own account unless told" }),
    kind: z.enum(["reseller", "customer", "department"]),
    name: accountFields.name,
    settings: accountFields.settings.optional(),
    limits: accountFields.limits.optional(),
    quota: accountFields.quota.optional(),
    gateway_user_id: accountFields.gateway_user_id.optional(),
  }),
  example: {
    kind: "customer",
    name: "Shop",
    settings: { time_zone: "Europe/Madrid" },
    limits: { messages_per_second: 20 },
    quota: { allowance: 10000, period: "month" },
  },
  responses: { 201: { description: "Created", schema: accountDetailsSchema } },
  errors: ["not-found", "conflict"],
  async handle({ body, ip, principal, services }) {
    const { gateway_user_id, kind, limits, name, parent_id, quota, settings } = body;
    const details = await services.accounts.create({ ip, principal }, {
      kind,
      name,
      parentId: parent_id ?? principal.accountId,
      ...(settings === undefined ? {} : { settings: readSettings(settings) }),
      ...(limits === undefined ? {} : { limits: readLimits(limits) }),
      ...(quota === undefined ? {} : { quota: readQuotaInput(quota) }),
      ...(gateway_user_id === undefined ? {} : { gatewayUserId: gateway_user_id }),
    });
    return {
      status: 201,
      headers: { Location: `/api/v1/accounts/${details.account.id}` },
      body: showDetails(details, can(principal, "gateway:read")),
    };
  },
});

import { z } from "zod";
import {
  type Account,
  ACCOUNT_KINDS,
  ACCOUNT_STATUSES,
  type AccountLimits,
  type AccountSettings,
  LANGUAGES,
} from "../../../../services/accounts/mod.ts";
import { type NewQuota, QUOTA_PERIODS } from "../../../../services/billing/mod.ts";
import type { AccountDetails } from "../../../../services/tenancy/mod.ts";
import { id, timestamp } from "../../fields.ts";

const MAX_ALLOWANCE = 9_000_000_000_000_000;

/** A key that is left out is the parent's. */
export const settingsSchema = z.strictObject({
  currency: z.string().max(3).optional().meta({ description: "ISO 4217", example: "EUR" }),
  language: z.enum(LANGUAGES).optional(),
  sender_id: z.string().max(16).optional().meta({
    description: "Of messages that name none: 3 to 15 digits, or up to 11 letters and digits",
  }),
  time_zone: z.string().max(64).optional().meta({
    description: "IANA name",
    example: "Europe/Madrid",
  }),
}).meta({ id: "AccountSettings" });

/** Of an account and those above it, the lowest holds. */
export const limitsSchema = z.strictObject({
  messages_per_second: z.int().min(1).max(100_000).optional(),
  parts_per_message: z.int().min(1).max(255).optional(),
}).meta({ id: "AccountLimits" });

/** How many messages an account and everything below it may send. */
export const quotaInput = z.strictObject({
  allowance: z.int().min(0).max(MAX_ALLOWANCE).nullable().meta({
    description: "Messages; null is no limit",
  }),
  period: z.enum(QUOTA_PERIODS).meta({ description: "A calendar month in UTC, or for ever" }),
}).meta({ id: "NewQuota" });

export const accountFields = {
  name: z.string().min(1).max(120),
  settings: settingsSchema,
  limits: limitsSchema,
  quota: quotaInput,
  gateway_user_id: id.nullable().meta({
    description: "As whom it sends; null is the parent's. Takes gateway:write",
  }),
};

export const accountSchema = z.strictObject({
  id,
  parent_id: id.nullable(),
  depth: z.int().meta({ description: "0 for the root" }),
  kind: z.enum(ACCOUNT_KINDS),
  name: z.string(),
  status: z.enum(ACCOUNT_STATUSES),
  settings: settingsSchema,
  limits: limitsSchema,
  created_at: timestamp,
  updated_at: timestamp,
}).meta({ id: "Account" });

export const accountDetailsSchema = accountSchema.extend({
  gateway_user_id: id.nullable(),
  effective: z.strictObject({
    status: z.enum(ACCOUNT_STATUSES),
    settings: settingsSchema,
    limits: limitsSchema,
  }).meta({ description: "Once the accounts above it are taken into account" }),
  quota: z.strictObject({
    allowance: z.int().nullable(),
    period: z.enum(QUOTA_PERIODS),
    used: z.int(),
    remaining: z.int().nullable(),
  }),
}).meta({ id: "AccountWithQuota" });

export const accountParams = z.object({ id });

export function showAccount(account: Account): z.input<typeof accountSchema> {
  return {
    id: account.id,
    parent_id: account.parentId,
    depth: account.path.length - 1,
    kind: account.kind,
    name: account.name,
    status: account.status,
    settings: showSettings(account.settings),
    limits: showLimits(account.limits),
    created_at: account.createdAt.toISOString(),
    updated_at: account.updatedAt.toISOString(),
  };
}

/** @param seesGateway whether the caller may know as which gateway user the account sends */
export function showDetails(
  { account, effective, quota }: AccountDetails,
  seesGateway: boolean,
): z.input<typeof accountDetailsSchema> {
  return {
    ...showAccount(account),
    gateway_user_id: seesGateway ? account.gatewayUserId : null,
    effective: {
      status: effective.status,
      settings: showSettings(effective.settings),
      limits: showLimits(effective.limits),
    },
    quota: {
      allowance: quota.allowance === null ? null : Number(quota.allowance),
      period: quota.period,
      used: Number(quota.used),
      remaining: quota.remaining === null ? null : Number(quota.remaining),
    },
  };
}

export function readSettings(settings: z.output<typeof settingsSchema>): AccountSettings {
  const { sender_id, time_zone, ...same } = settings;
  return {
    ...same,
    ...(sender_id === undefined ? {} : { senderId: sender_id }),
    ...(time_zone === undefined ? {} : { timeZone: time_zone }),
  };
}

export function readLimits(limits: z.output<typeof limitsSchema>): AccountLimits {
  const { messages_per_second, parts_per_message } = limits;
  return {
    ...(messages_per_second === undefined ? {} : { messagesPerSecond: messages_per_second }),
    ...(parts_per_message === undefined ? {} : { partsPerMessage: parts_per_message }),
  };
}

export function readQuotaInput({ allowance, period }: z.output<typeof quotaInput>): NewQuota {
  return { allowance: allowance === null ? null : BigInt(allowance), period };
}

function showSettings({ senderId, timeZone, ...same }: AccountSettings) {
  return {
    ...same,
    ...(senderId === undefined ? {} : { sender_id: senderId }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
  };
}

function showLimits({ messagesPerSecond, partsPerMessage }: AccountLimits) {
  return {
    ...(messagesPerSecond === undefined ? {} : { messages_per_second: messagesPerSecond }),
    ...(partsPerMessage === undefined ? {} : { parts_per_message: partsPerMessage }),
  };
}

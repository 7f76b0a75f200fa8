/**
 * The words of accounts: schemas and their types.
 * @module
 */
import { z } from "zod";

/** What an account is in the tree. */
export const ACCOUNT_KINDS = ["root", "reseller", "customer", "department"] as const;
export type AccountKind = typeof ACCOUNT_KINDS[number];

/** Which kinds may stand directly under which. */
export const CHILD_KINDS: Readonly<Record<AccountKind, readonly AccountKind[]>> = {
  root: ["reseller", "customer"],
  reseller: ["reseller", "customer"],
  customer: ["department"],
  department: ["department"],
};

/**
 * `suspended`: its users sign in and read, nothing may be sent. `closed`: nobody signs in either.
 * Ordered from the mildest; the strictest one on the way up to the root holds.
 */
export const ACCOUNT_STATUSES = ["active", "suspended", "closed"] as const;
export type AccountStatus = typeof ACCOUNT_STATUSES[number];

/** Languages of pages and mails. */
export const LANGUAGES = ["es", "en", "fr", "de"] as const;
export type Language = typeof LANGUAGES[number];

/** Preferences: a key that an account leaves out is its parent's. */
export const accountSettingsSchema = z.strictObject({
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, "Write the three letters of ISO 4217, such as EUR"),
  language: z.enum(LANGUAGES),
  /** Sender id of a message that names none: a number, or up to 11 letters and digits. */
  senderId: z.string().regex(
    /^(\+?[0-9]{3,15}|[A-Za-z0-9 ._-]{1,11})$/,
    "Write 3 to 15 digits, or up to 11 letters and digits",
  ),
  /** IANA name, such as Europe/Madrid. */
  timeZone: z.string().refine(isTimeZone, "Write an IANA time zone, such as Europe/Madrid"),
}).partial();
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/** Ceilings: of an account and those above it, the lowest holds. */
export const accountLimitsSchema = z.strictObject({
  /** Messages accepted per second by the API. */
  messagesPerSecond: z.number().int().min(1).max(100_000),
  /** Parts that one message may have. */
  partsPerMessage: z.number().int().min(1).max(255),
}).partial();
export type AccountLimits = z.infer<typeof accountLimitsSchema>;

/** A new account, under `parentId`. */
export const newAccountSchema = z.strictObject({
  parentId: z.uuid(),
  kind: z.enum(["reseller", "customer", "department"]),
  name: z.string().trim().min(1).max(120),
  settings: accountSettingsSchema.default({}),
  limits: accountLimitsSchema.default({}),
  gatewayUserId: z.uuid().nullable().default(null),
});
export type NewAccount = z.input<typeof newAccountSchema>;

/** What may change; a key left out stays as it is. */
export const accountChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  status: z.enum(ACCOUNT_STATUSES),
  settings: accountSettingsSchema,
  limits: accountLimitsSchema,
  gatewayUserId: z.uuid().nullable(),
}).partial();
export type AccountChange = z.input<typeof accountChangeSchema>;

/** An account with its own values, as stored. */
export interface Account {
  readonly id: string;
  readonly parentId: string | null;
  /** From the root to the account itself. */
  readonly path: readonly string[];
  readonly kind: AccountKind;
  readonly name: string;
  readonly status: AccountStatus;
  readonly settings: AccountSettings;
  readonly limits: AccountLimits;
  readonly gatewayUserId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What holds for an account once its ancestors are taken into account. */
export interface EffectiveAccount {
  readonly id: string;
  readonly status: AccountStatus;
  readonly settings: AccountSettings;
  readonly limits: AccountLimits;
  readonly gatewayUserId: string | null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

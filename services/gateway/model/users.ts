/**
 * Users of the gateway and their groups. A user is what sends: its credentials say what it may do
 * and its quotas how much.
 * @module
 */
import { z } from "zod";
import { lineText } from "./common.ts";

const SHORT_ID = /^[A-Za-z0-9_-]{1,16}$/;

export const GroupId: z.ZodString = z.string().regex(
  SHORT_ID,
  "Use 1 to 16 letters, digits, _ or -",
);
export const UserId: z.ZodString = z.string().regex(
  SHORT_ID,
  "Use 1 to 16 letters, digits, _ or -",
);
export const GatewayUsername: z.ZodString = z.string().regex(
  /^[A-Za-z0-9_-]{1,15}$/,
  "Use 1 to 15 letters, digits, _ or -",
);
export const GatewayPassword: z.ZodString = lineText(16);

/** A pattern that the gateway matches from the start of the value (Python's `re.match`). */
const Pattern = lineText(512);

/** What an HTTP or SMPP user may do when it sends MT messages. */
export const Authorization = z.strictObject({
  http_send: z.boolean(),
  http_balance: z.boolean(),
  http_rate: z.boolean(),
  http_bulk: z.boolean(),
  smpps_send: z.boolean(),
  http_long_content: z.boolean(),
  dlr_level: z.boolean(),
  http_dlr_method: z.boolean(),
  src_addr: z.boolean(),
  priority: z.boolean(),
  validity_period: z.boolean(),
  schedule_delivery_time: z.boolean(),
  hex_content: z.boolean(),
});

/** Patterns that the parameters of a message must match. */
export const ValueFilter = z.strictObject({
  dst_addr: Pattern,
  src_addr: Pattern,
  priority: Pattern,
  validity_period: Pattern,
  content: Pattern,
});

/** Limits; null is unlimited. */
export const Quota = z.strictObject({
  balance: z.number().min(0).max(1e12).nullable(),
  /** Percent of the price that is charged at submission, the rest with the SMSC's response. */
  early_percent: z.number().min(1).max(100).nullable(),
  sms_count: z.int().min(0).max(1e12).nullable(),
  /** Messages per second; the gateway takes it as the least gap between two messages. */
  http_throughput: z.number().min(0).max(1e6).nullable(),
  smpps_throughput: z.number().min(0).max(1e6).nullable(),
});

/** What a user may do as an SMPP client of the gateway. */
export const SmppsCredential = z.strictObject({
  bind: z.boolean(),
  /** Addresses or CIDR ranges, comma-separated; only releases after April 2026 know it. */
  ip: lineText(512),
  max_bindings: z.int().min(0).max(100_000).nullable(),
});

/** A user's credentials, as a change: what is left out stays as it is. */
export const UserCredentials = z.strictObject({
  authorization: Authorization.partial(),
  valuefilter: ValueFilter.partial(),
  defaultvalue: z.strictObject({ src_addr: lineText(20) }).partial(),
  quota: Quota.partial(),
  smpps: SmppsCredential.partial(),
}).partial();
export type UserCredentials = z.infer<typeof UserCredentials>;

export const NewGatewayUser = z.strictObject({
  uid: UserId,
  gid: GroupId,
  username: GatewayUsername,
  password: GatewayPassword,
  credentials: UserCredentials.optional(),
});
export type NewGatewayUser = z.infer<typeof NewGatewayUser>;

/** A change of a user; its uid and username can't be changed. */
export const GatewayUserChanges = z.strictObject({
  gid: GroupId,
  password: GatewayPassword,
  credentials: UserCredentials,
}).partial().refine(
  ({ gid, password, credentials }) =>
    gid !== undefined || password !== undefined ||
    Object.values(credentials ?? {}).some((section) => Object.keys(section ?? {}).length > 0),
  "Has nothing to change",
);
export type GatewayUserChanges = z.infer<typeof GatewayUserChanges>;

/** A row of the gateway's table of groups. */
export interface GatewayGroup {
  readonly gid: string;
  readonly enabled: boolean;
}

/** A row of the gateway's table of users. Null is unlimited. */
export interface GatewayUser {
  readonly uid: string;
  readonly gid: string;
  readonly username: string;
  readonly enabled: boolean;
  /** False: none of the group's users can log in. */
  readonly groupEnabled: boolean;
  readonly balance: number | null;
  readonly smsCount: number | null;
  readonly httpThroughput: number | null;
  readonly smppsThroughput: number | null;
}

/** A user with all its credentials; the gateway never gives a password back. */
export interface GatewayUserDetails {
  readonly uid: string;
  readonly gid: string;
  readonly username: string;
  readonly authorization: Readonly<Record<string, boolean>>;
  readonly valuefilter: Readonly<Record<string, string>>;
  readonly defaultvalue: { readonly src_addr: string | null };
  readonly quota: z.infer<typeof Quota>;
  readonly smpps: {
    readonly bind: boolean;
    readonly ip?: string;
    readonly max_bindings: number | null;
  };
}

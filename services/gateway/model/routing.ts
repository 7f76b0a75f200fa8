/**
 * Filters, routes and interceptors: which message takes which connector.
 * @module
 */
import { z } from "zod";
import { lineText, Order, Rate } from "./common.ts";
import { ConnectorId } from "./connectors.ts";
import { GatewayUsername, GroupId, UserId } from "./users.ts";

export const FilterId: z.ZodString = z.string().regex(
  /^[A-Za-z0-9_-]{1,16}$/,
  "Use 1 to 16 letters, digits, _ or -",
);

/** Matched from the start of the value by Python's `re.match`. */
const Pattern = lineText(512);
const IsoDate = z.iso.date();
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "Use HH:MM:SS");

const fid = FilterId;
const later = { error: "Must end after it begins", path: ["to"] };

/** A condition on a message. */
export const Filter = z.discriminatedUnion("type", [
  z.strictObject({ fid, type: z.literal("TransparentFilter") }),
  z.strictObject({ fid, type: z.literal("ConnectorFilter"), cid: ConnectorId }),
  z.strictObject({ fid, type: z.literal("UserFilter"), uid: UserId }),
  z.strictObject({ fid, type: z.literal("GroupFilter"), gid: GroupId }),
  z.strictObject({ fid, type: z.literal("SourceAddrFilter"), source_addr: Pattern }),
  z.strictObject({ fid, type: z.literal("DestinationAddrFilter"), destination_addr: Pattern }),
  z.strictObject({ fid, type: z.literal("ShortMessageFilter"), short_message: Pattern }),
  z.strictObject({ fid, type: z.literal("DateIntervalFilter"), from: IsoDate, to: IsoDate })
    .refine(({ from, to }) => from < to, later),
  z.strictObject({ fid, type: z.literal("TimeIntervalFilter"), from: TimeOfDay, to: TimeOfDay })
    .refine(({ from, to }) => from < to, later),
  /** `pyCode` is the path of a file on the gateway's host. */
  z.strictObject({ fid, type: z.literal("EvalPyFilter"), pyCode: lineText(255) }),
  z.strictObject({ fid, type: z.literal("TagFilter"), tag: lineText(64).regex(/^[-a-zA-Z0-9]+$/) }),
]);
export type Filter = z.infer<typeof Filter>;
export type FilterType = Filter["type"];

/** A row of the gateway's table of filters. */
export interface FilterRow {
  readonly fid: string;
  readonly type: string;
  /** The directions whose routes may use it. */
  readonly mo: boolean;
  readonly mt: boolean;
  /** What routes show of it: they never name the fid. */
  readonly description: string;
}

const filters = z.array(FilterId).min(1).max(32).readonly();
const smppc = ConnectorId;
const order = Order.min(1, "0 is the default route's");

/** An MT route to add. `connector` and `connectors` name SMPP client connectors. */
export const NewMtRoute = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("DefaultRoute"), connector: smppc, rate: Rate }),
  z.strictObject({
    type: z.literal("StaticMTRoute"),
    order,
    filters,
    connector: smppc,
    rate: Rate,
  }),
  z.strictObject({
    type: z.literal(["RandomRoundrobinMTRoute", "FailoverMTRoute"]),
    order,
    filters,
    connectors: z.array(smppc).min(2).max(32).readonly(),
    rate: Rate,
  }),
]);
export type NewMtRoute = z.infer<typeof NewMtRoute>;

/** Where MO messages go: an HTTP connector, or a user that is bound to the gateway's SMPP server. */
export const MoTarget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("http"), cid: ConnectorId }),
  z.strictObject({
    kind: z.literal("smpps"),
    username: GatewayUsername.min(3, "A route can't name a user name shorter than 3 characters"),
  }),
]);
export type MoTarget = z.infer<typeof MoTarget>;

/** An MO route to add. */
export const NewMoRoute = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("DefaultRoute"), connector: MoTarget }),
  z.strictObject({ type: z.literal("StaticMORoute"), order, filters, connector: MoTarget }),
  z.strictObject({
    type: z.literal(["RandomRoundrobinMORoute", "FailoverMORoute"]),
    order,
    filters,
    connectors: z.array(MoTarget).min(2).max(32).readonly(),
  }),
]);
export type NewMoRoute = z.infer<typeof NewMoRoute>;

/** A row of a routing table. */
export interface MtRoute {
  readonly order: number;
  readonly type: string;
  /** Per part; 0 is free. Five decimals are all that the gateway shows. */
  readonly rate: number;
  /** SMPP client connectors, in the gateway's order. */
  readonly connectors: readonly string[];
  /** The filters' descriptions, joined by `, ` as the gateway shows them; empty without filters. */
  readonly filters: string;
}

export interface MoRoute {
  readonly order: number;
  readonly type: string;
  readonly connectors: readonly MoTarget[];
  readonly filters: string;
}

/** `file` is a path on the gateway's host, or a URL that the gateway reads once. */
const script = lineText(512).regex(/^[^()]+$/, "Must not have parentheses");

/** An interceptor to add. */
export const NewInterceptor = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("DefaultInterceptor"), script }),
  z.strictObject({
    type: z.literal("StaticInterceptor"),
    order: Order.min(1, "0 is the default interceptor's"),
    filters,
    script,
  }),
]);
export type NewInterceptor = z.infer<typeof NewInterceptor>;

/** A row of an interception table. */
export interface Interceptor {
  readonly order: number;
  readonly type: string;
  /** The first 30 characters of the script, line ends left out: all that can be read back. */
  readonly scriptStart: string;
  readonly filters: string;
}

/** MT: from users to SMSCs. MO: from SMSCs to applications. */
export type Direction = "mt" | "mo";

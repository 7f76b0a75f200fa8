/**
 * Connectors: the gateway's SMPP client connectors towards SMSCs, and the HTTP client connectors
 * that deliver MO messages.
 * @module
 */
import { z } from "zod";
import {
  CID_SHAPE,
  type ConnectorKey,
  KEY_NAMES,
  type KeyRule,
  LOGFILE_SHAPE,
  ruleOf,
  type SettingValues,
  TLVS_SHAPE,
} from "../connector_keys.ts";
import { lineText, nameableText } from "./common.ts";

/** Names an SMPP or HTTP connector. */
export const ConnectorId: z.ZodString = z.string().regex(
  CID_SHAPE,
  "Use 3 to 25 letters, digits, _ or -",
);

/** As fine as the gateway's numbers are taken, so that no exponent is written. */
const DECIMALS = 6;

function schemaOf(rule: KeyRule): z.ZodType {
  const schema = plainSchema(rule);
  return rule.nullable === true ? schema.nullable() : schema;
}

function plainSchema(rule: KeyRule): z.ZodType {
  switch (rule.kind) {
    case "text": {
      const text = rule.noneIsNothing === true ? nameableText(rule.max) : lineText(rule.max);
      const shaped = rule.shape === "logfile"
        ? text.regex(LOGFILE_SHAPE, "Must be an absolute path on the gateway's host, or stdout")
        : rule.shape === "tlvs"
        ? text.regex(TLVS_SHAPE, "Must be tag,type,max[,required|optional], several joined by ;")
        : text;
      return rule.mayBeEmpty === true ? z.union([z.literal(""), shaped]) : shaped;
    }
    case "number":
      return rule.whole === true
        ? z.int().min(rule.min).max(rule.max)
        : z.number().min(rule.min).max(rule.max).refine(
          (value) => Number(value.toFixed(DECIMALS)) === value,
          `Has more than ${DECIMALS} decimals`,
        );
    case "choice":
      return z.literal([...rule.choices]);
    case "flag":
      return z.boolean();
  }
}

/** Every key of an SMPP client connector but its id, with the gateway's units and rules. */
export const ConnectorSettings: z.ZodObject<
  {
    [Key in ConnectorKey]: z.ZodType<
      SettingValues[Key],
      SettingValues[Key]
    >;
  },
  z.core.$strict
> = z.strictObject(
  // Each key's schema is made of that key's rule, as its type is: the compiler can't follow it.
  Object.fromEntries(KEY_NAMES.map((key) => [key, schemaOf(ruleOf(key))])) as {
    [Key in ConnectorKey]: z.ZodType<SettingValues[Key], SettingValues[Key]>;
  },
);
export type ConnectorSettings = SettingValues;

/** A connector to add; what is left out takes the gateway's default. */
export const NewConnector = ConnectorSettings.partial().extend({ cid: ConnectorId });
export type NewConnector = z.infer<typeof NewConnector>;

/** Changes of a connector, at least one. */
export const ConnectorChanges = ConnectorSettings.partial().refine(
  (changes) => Object.values(changes).some((value) => value !== undefined),
  "Has nothing to change",
);
export type ConnectorChanges = z.infer<typeof ConnectorChanges>;

/**
 * A connector as the gateway has it, without the password. The gateway takes almost any value, so
 * what was set elsewhere may lie outside the bounds of `ConnectorSettings`.
 */
export type ConnectorConfig =
  & { readonly cid: string }
  & {
    readonly [K in Exclude<keyof ConnectorSettings, "password">]?: ReadBack<ConnectorSettings[K]>;
  }
  & {
    /**
     * As the gateway writes them: keys of a later release that are not known here, and values that
     * are not of their key's kind, whose key is then absent above.
     */
    readonly other: Readonly<Record<string, string>>;
  };

type ReadBack<T> = T extends number ? number : T;

/** The state of the SMPP session, in Jasmin's words (smpp.twisted). */
export const SessionState = z.enum([
  "NONE",
  "OPEN",
  "BIND_TX_PENDING",
  "BOUND_TX",
  "BIND_RX_PENDING",
  "BOUND_RX",
  "BIND_TRX_PENDING",
  "BOUND_TRX",
  "UNBIND_PENDING",
  "UNBIND_RECEIVED",
  "UNBOUND",
]);
export type SessionState = z.infer<typeof SessionState>;

/** What a connector is doing now. */
export interface ConnectorStatus {
  readonly cid: string;
  /** Whether it is meant to run. `started` says nothing of the bind: `session` does. */
  readonly service: "started" | "stopped";
  readonly session: SessionState;
  /** Starts and stops since the gateway was started. */
  readonly starts: number;
  readonly stops: number;
}

/** True when messages can be exchanged with the SMSC. */
export function isBound(status: Pick<ConnectorStatus, "session">): boolean {
  return status.session.startsWith("BOUND_");
}

/** An HTTP client connector: where MO messages are sent to. */
export const HttpConnector = z.strictObject({
  cid: ConnectorId,
  url: lineText(1_024).regex(/^https?:\/\/\S+$/, "Must be an http or https URL without spaces"),
  method: z.enum(["GET", "POST"]),
});
export type HttpConnector = z.infer<typeof HttpConnector>;

/** What a user may do and spend: the `mt_messaging_cred` and `smpps_cred` of jcli. */
import { PyRegex } from "../python/regex.ts";
import { PyFloat } from "../python/numbers.ts";

/** A value is not allowed where it was put. */
export class CredentialError extends Error {
  override name = "CredentialError";
}

/** A value that Python would not have converted (`ValueError`). */
export class ValueError extends Error {
  override name = "ValueError";
}

/** Sections as jcli spells them in its error texts. */
export type Section = "Authorization" | "ValueFilter" | "DefaultValue" | "Quota";

/** A number of a quota; null is unlimited. */
export type Quota = number | null;

/** jcli's short key of each value and the name that the gateway's own messages use. */
export interface CredentialShape {
  readonly sections: Readonly<Partial<Record<Section, Readonly<Record<string, string>>>>>;
  /** Quotas that are whole numbers; the others are floats. */
  readonly integers: ReadonlySet<string>;
}

export const MT_SHAPE: CredentialShape = {
  sections: {
    Authorization: {
      http_send: "http_send",
      http_balance: "http_balance",
      http_rate: "http_rate",
      http_bulk: "http_bulk",
      smpps_send: "smpps_send",
      http_long_content: "http_long_content",
      dlr_level: "set_dlr_level",
      http_dlr_method: "http_set_dlr_method",
      src_addr: "set_source_address",
      priority: "set_priority",
      validity_period: "set_validity_period",
      schedule_delivery_time: "set_schedule_delivery_time",
      hex_content: "set_hex_content",
    },
    ValueFilter: {
      dst_addr: "destination_address",
      src_addr: "source_address",
      priority: "priority",
      validity_period: "validity_period",
      content: "content",
    },
    DefaultValue: { src_addr: "source_address" },
    Quota: {
      balance: "balance",
      early_percent: "early_decrement_balance_percent",
      sms_count: "submit_sm_count",
      http_throughput: "http_throughput",
      smpps_throughput: "smpps_throughput",
    },
  },
  integers: new Set(["submit_sm_count"]),
};

export const SMPPS_SHAPE: CredentialShape = {
  sections: { Authorization: { bind: "bind" }, Quota: { max_bindings: "max_bindings" } },
  integers: new Set(["max_bindings"]),
};

/** The later column set adds an IP whitelist to the SMPP server's credential. */
export const SMPPS_SHAPE_WITH_IP: CredentialShape = {
  sections: {
    Authorization: { bind: "bind", ip: "ip" },
    Quota: { max_bindings: "max_bindings" },
  },
  integers: new Set(["max_bindings"]),
};

/** One credential: its values by the gateway's own names. */
export interface Credential {
  readonly shape: CredentialShape;
  readonly authorizations: Map<string, boolean | string>;
  readonly filters: Map<string, PyRegex>;
  readonly defaults: Map<string, string | null>;
  readonly quotas: Map<string, Quota>;
  /** Set by a charge or a relative update; what the gateway's own saving looks at. */
  quotasUpdated: boolean;
}

const FILTER_DEFAULTS: Readonly<Record<string, string>> = {
  priority: "^[0-3]$",
  validity_period: "^\\d+$",
};

/** A credential with the gateway's defaults. */
export function newCredential(shape: CredentialShape): Credential {
  const longKeys = (section: Section): string[] => Object.values(shape.sections[section] ?? {});
  return {
    shape,
    authorizations: new Map(
      longKeys("Authorization").map((key) => [
        key,
        key === "ip" ? "0.0.0.0/0" : key !== "http_bulk",
      ]),
    ),
    filters: new Map(
      longKeys("ValueFilter").map((key) => [key, new PyRegex(FILTER_DEFAULTS[key] ?? ".*")]),
    ),
    defaults: new Map(longKeys("DefaultValue").map((key) => [key, null])),
    quotas: new Map(longKeys("Quota").map((key) => [key, null])),
    quotasUpdated: false,
  };
}

/** Sets a quota. @throws {CredentialError} out of its range */
export function setQuota(credential: Credential, key: string, value: Quota): void {
  checkQuota(credential, key, value);
  credential.quotas.set(key, value);
}

/** Adds to a quota; an unlimited one counts from zero, and nothing stops it below zero. */
export function updateQuota(credential: Credential, key: string, difference: number): void {
  credential.quotas.set(key, (credential.quotas.get(key) ?? 0) + difference);
  credential.quotasUpdated = true;
}

/** @throws {CredentialError} when the value is out of the quota's range */
export function checkQuota(credential: Credential, key: string, value: Quota): void {
  if (value === null) return;
  const shown = quotaText(credential, key, value);
  if (key === "early_decrement_balance_percent") {
    if (value < 1 || value > 100) {
      throw new CredentialError(
        `${key} is not a valid value (${shown}), it must be None or a number in 1..100`,
      );
    }
  } else if (value < 0) {
    const rule = credential.shape.integers.has(key)
      ? "it must be a positive int"
      : "it must be None or a positive number";
    throw new CredentialError(`${key} is not a valid value (${shown}), ${rule}`);
  }
}

/** A quota as jcli prints it, unlimited excluded. */
export function quotaText(credential: Credential, key: string, value: number): string {
  return credential.shape.integers.has(key) ? String(value) : new PyFloat(value).toString();
}

/** The keys of an SMPP connector: their reading, their checks, their text. */
import { PyFloat, readValue } from "../python/numbers.ts";

export type ConfigValue = string | number | bigint | boolean | PyFloat | null;

/** A value is refused; the message is what jcli prints after `Error: `. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

const NPI: readonly number[] = [0, 1, 3, 4, 6, 8, 9, 10, 14, 18];
const TON: readonly number[] = [0, 1, 2, 3, 4, 5, 6];
const LOG_LEVELS: readonly number[] = [10, 20, 30, 40, 50];
const CODINGS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14];
const ROTATIONS = /^(?:S|M|H|D|MIDNIGHT|W[0-6])$/i;

interface KeyRule {
  /** The name in the gateway's own messages. */
  readonly field: string;
  readonly initial: ConfigValue;
  /** `text` is never read as a number; `choice` keeps only the listed ones. */
  readonly reads: "text" | "value" | "yesno" | readonly number[];
  /** Checked when a connector is built, in the order of {@linkcode CHECKS}. */
  readonly number?: true;
}

/** In the order of `smppccm -s`. */
export const CONFIG_KEYS: Readonly<Record<string, KeyRule>> = {
  cid: { field: "id", initial: null, reads: "value" },
  host: { field: "host", initial: "127.0.0.1", reads: "text" },
  port: { field: "port", initial: 2775, reads: "value" },
  username: { field: "username", initial: "smppclient", reads: "text" },
  logrotate: { field: "log_rotate", initial: "midnight", reads: "value" },
  password: { field: "password", initial: "password", reads: "text" },
  systype: { field: "systemType", initial: "", reads: "text" },
  logfile: { field: "log_file", initial: null, reads: "value" },
  loglevel: { field: "log_level", initial: 20, reads: LOG_LEVELS },
  logprivacy: { field: "log_privacy", initial: false, reads: "yesno" },
  bind_to: { field: "sessionInitTimerSecs", initial: 30, reads: "value", number: true },
  elink_interval: { field: "enquireLinkTimerSecs", initial: 30, reads: "value", number: true },
  res_to: { field: "responseTimerSecs", initial: 120, reads: "value", number: true },
  con_loss_retry: { field: "reconnectOnConnectionLoss", initial: true, reads: "yesno" },
  bind_npi: { field: "addressNpi", initial: 0, reads: NPI },
  con_loss_delay: {
    field: "reconnectOnConnectionLossDelay",
    initial: 10,
    reads: "value",
    number: true,
  },
  con_fail_delay: {
    field: "reconnectOnConnectionFailureDelay",
    initial: 10,
    reads: "value",
    number: true,
  },
  pdu_red_to: { field: "pduReadTimerSecs", initial: 10, reads: "value", number: true },
  bind: { field: "bindOperation", initial: "transceiver", reads: "value" },
  bind_ton: { field: "addressTon", initial: 0, reads: TON },
  src_ton: { field: "source_addr_ton", initial: 2, reads: TON },
  src_npi: { field: "source_addr_npi", initial: 1, reads: NPI },
  dst_ton: { field: "dest_addr_ton", initial: 1, reads: TON },
  addr_range: { field: "addressRange", initial: null, reads: "text" },
  src_addr: { field: "source_addr", initial: null, reads: "text" },
  proto_id: { field: "protocol_id", initial: null, reads: "value" },
  priority: { field: "priority_flag", initial: 0, reads: [0, 1, 2, 3] },
  validity: { field: "validity_period", initial: null, reads: "value" },
  ripf: { field: "replace_if_present_flag", initial: 0, reads: [0, 1] },
  def_msg_id: { field: "sm_default_msg_id", initial: 0, reads: "value" },
  coding: { field: "data_coding", initial: 0, reads: "value" },
  requeue_delay: { field: "requeue_delay", initial: 120, reads: "value", number: true },
  submit_throughput: { field: "submit_sm_throughput", initial: 1, reads: "value", number: true },
  dlr_expiry: { field: "dlr_expiry", initial: 86400, reads: "value", number: true },
  dlr_msgid: { field: "dlr_msg_id_bases", initial: 0, reads: "value" },
  con_fail_retry: { field: "reconnectOnConnectionFailure", initial: true, reads: "yesno" },
  dst_npi: { field: "dest_addr_npi", initial: 1, reads: NPI },
  trx_to: { field: "inactivityTimerSecs", initial: 300, reads: "value", number: true },
  ssl: { field: "useSSL", initial: false, reads: "yesno" },
};

/** Keys whose update needs the connector to be restarted. */
export const RESTART_KEYS: ReadonlySet<string> = new Set([
  "host",
  "port",
  "username",
  "password",
  "systype",
]);

/** The keys of a column set: the later one ends with `custom_tlvs`. */
export function configKeys(withCustomTlvs: boolean): readonly string[] {
  return withCustomTlvs ? [...Object.keys(CONFIG_KEYS), "custom_tlvs"] : Object.keys(CONFIG_KEYS);
}

/** Reads what was typed for a key. @throws {ConfigError} for a value that is not in its list */
export function readConfigValue(key: string, typed: string): ConfigValue {
  const rule = CONFIG_KEYS[key];
  const unknown = (shown: ConfigValue) =>
    new ConfigError(`Unknown value for key ${key}: ${configText(shown)}`);
  if (rule?.reads === "yesno") {
    const value = key === "ssl" ? typed : readValue(typed);
    if (value === "yes") return true;
    if (value === "no") return false;
    throw unknown(value);
  }
  const value = rule?.reads === "text" || rule === undefined ? typed : readValue(typed);
  if (Array.isArray(rule?.reads)) {
    const number = value instanceof PyFloat ? value.value : value;
    if (typeof number !== "number" || !rule.reads.includes(number)) throw unknown(value);
    return key === "loglevel" ? value : number;
  }
  return typeof value === "string" && value.toLowerCase() === "none" ? null : value;
}

const NUMBER_CHECKS = [
  "bind_to",
  "elink_interval",
  "trx_to",
  "res_to",
  "pdu_red_to",
  "dlr_expiry",
];
const RECONNECT_CHECKS = ["con_loss_delay", "con_fail_delay"];
const QOS_CHECKS = ["requeue_delay", "submit_throughput"];

/**
 * A whole configuration from the values given, in the order in which the gateway checks them.
 * @throws {ConfigError} at the first value that is refused
 */
export function buildConfig(
  given: ReadonlyMap<string, ConfigValue>,
  options: { withCustomTlvs: boolean; logDir: string },
): Map<string, ConfigValue> {
  const id = given.get("cid") ?? null;
  if (id === null) throw new ConfigError("SMPPConfig must have an id");
  const cid = configText(id);
  if (!/^[A-Za-z0-9_-]{3,25}$/.test(cid)) throw new ConfigError("SMPPConfig id syntax is invalid");
  const config = new Map<string, ConfigValue>();
  for (const key of configKeys(options.withCustomTlvs)) {
    const initial = key === "logfile"
      ? `${options.logDir}/default-${cid}.log`
      : CONFIG_KEYS[key]?.initial ?? null;
    config.set(key, given.has(key) ? given.get(key) ?? null : initial);
  }
  config.set("cid", cid);
  if (!isInt(config.get("port"))) throw new ConfigError("port must be an integer");
  checkNumbers(config, NUMBER_CHECKS);
  if (typeof config.get("host") !== "string") throw new ConfigError("host must be a string");
  checkLength(config, "username", 15);
  checkLength(config, "password", 16);
  checkNumbers(config, RECONNECT_CHECKS);
  checkListed(config, "bind", ["transceiver", "transmitter", "receiver"], "bindOperation");
  checkListed(config, "coding", CODINGS, "data_coding");
  checkNumbers(config, QOS_CHECKS);
  checkListed(config, "dlr_msgid", [0, 1, 2], "dlr_msg_id_bases");
  return config;
}

function isInt(value: ConfigValue | undefined): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function checkNumbers(config: ReadonlyMap<string, ConfigValue>, keys: readonly string[]): void {
  for (const key of keys) {
    const value = config.get(key);
    if (!isInt(value) && !(value instanceof PyFloat)) {
      throw new ConfigError(`${CONFIG_KEYS[key]?.field} must be an integer or float`);
    }
  }
}

function checkLength(
  config: ReadonlyMap<string, ConfigValue>,
  key: string,
  longest: number,
): void {
  const value = config.get(key);
  if (typeof value !== "string") throw new ConfigError("object of type 'NoneType' has no len()");
  if (value.length > longest) {
    throw new ConfigError(`${key} is longer than allowed size (${longest})`);
  }
}

function checkListed(
  config: ReadonlyMap<string, ConfigValue>,
  key: string,
  allowed: readonly (string | number)[],
  field: string,
): void {
  const value = config.get(key) ?? null;
  const plain = value instanceof PyFloat ? value.value : value;
  if ((typeof plain !== "string" && typeof plain !== "number") || !allowed.includes(plain)) {
    throw new ConfigError(`Invalid ${field}: ${configText(value)}`);
  }
}

/**
 * Whether the gateway can open the connector's log: where it cannot, jcli never answers the `ok`,
 * because the error is lost inside the gateway.
 */
export function logCanOpen(config: ReadonlyMap<string, ConfigValue>): boolean {
  const rotation = config.get("logrotate");
  return typeof rotation === "string" && ROTATIONS.test(rotation);
}

/** A value as jcli prints it. */
export function configText(value: ConfigValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** A number of the configuration. */
export function configNumber(config: ReadonlyMap<string, ConfigValue>, key: string): number {
  const value = config.get(key);
  return value instanceof PyFloat ? value.value : isInt(value) ? Number(value) : 0;
}

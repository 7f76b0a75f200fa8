/**
 * `smppccm -l`, `smppccm -s`, `httpccm -l`.
 * @module
 */
import type { ConnectorConfig, ConnectorStatus, HttpConnector } from "../../model.ts";
import { SessionState } from "../../model.ts";
import { JcliParseError } from "./errors.ts";
import { parseTable, pythonNumber } from "./parse_table.ts";

export function parseConnectorList(lines: readonly string[]): readonly ConnectorStatus[] {
  return parseTable(lines, {
    what: "a row of the table of connectors",
    header: /^#Connector id +Service Session +Starts Stops/,
    row: /^#(\S+) +(started|stopped) +(\w+) +(\d+) +(\d+) *$/,
    total: /^Total connectors: (\d+)$/,
    read: ([cid = "", service, state, starts, stops]) => {
      // Before its first start a connector has no session: Python's None or the state NONE.
      const session = SessionState.safeParse(state === "None" ? "NONE" : state);
      if (!session.success) return null;
      return {
        cid,
        service: service === "started" ? "started" : "stopped",
        session: session.data,
        starts: Number(starts),
        stops: Number(stops),
      };
    },
  });
}

type Key = Exclude<keyof ConnectorConfig, "cid" | "other">;

/** Reads one value; undefined when it isn't one. */
type Reader<T> = (text: string) => T | undefined;

const text: Reader<string> = (value) => value;
const textOrNull: Reader<string | null> = (value) =>
  value === "None" || value === "none" ? null : value;
const number: Reader<number> = (value) => pythonNumber(value) ?? undefined;
const numberOrNull: Reader<number | null> = (value) => value === "None" ? null : number(value);
const yesNo: Reader<boolean> = (value) =>
  value === "yes" ? true : value === "no" ? false : undefined;

function oneOf<T extends string>(...values: readonly T[]): Reader<T> {
  return (value) => values.find((each) => each === value);
}

const READERS: { readonly [K in Key]-?: Reader<NonNullable<ConnectorConfig[K]> | null> } = {
  host: text,
  port: number,
  username: text,
  systype: (value) => value === "None" ? "" : value,
  bind: oneOf("transceiver", "transmitter", "receiver"),
  ssl: yesNo,
  bind_ton: number,
  bind_npi: number,
  src_ton: number,
  src_npi: number,
  dst_ton: number,
  dst_npi: number,
  src_addr: textOrNull,
  addr_range: textOrNull,
  submit_throughput: number,
  priority: number,
  validity: numberOrNull,
  coding: number,
  proto_id: numberOrNull,
  ripf: number,
  def_msg_id: number,
  requeue_delay: number,
  dlr_expiry: number,
  dlr_msgid: number,
  bind_to: number,
  res_to: number,
  trx_to: number,
  pdu_red_to: number,
  elink_interval: number,
  con_loss_retry: yesNo,
  con_loss_delay: number,
  con_fail_retry: yesNo,
  con_fail_delay: number,
  logfile: text,
  logrotate: oneOf("S", "M", "H", "D", "W0", "W1", "W2", "W3", "W4", "W5", "W6", "midnight"),
  loglevel: number,
  logprivacy: yesNo,
  custom_tlvs: textOrNull,
};

/**
 * The password line is dropped here: it leaves this function in no form.
 * @throws {JcliParseError} on a line that is no setting, and without a cid
 */
export function parseConnector(lines: readonly string[]): ConnectorConfig {
  const values: Record<string, unknown> = {};
  const other: Record<string, string> = {};
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z]\w*) (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined || key in values || key in other) {
      throw new JcliParseError("a setting of a connector", hidePassword(line));
    }
    if (key === "password") continue;
    const read = key === "cid" ? value : isKey(key) ? READERS[key](value) : undefined;
    if (read === undefined) other[key] = value;
    else values[key] = read;
  }
  if (values["cid"] === undefined) throw new JcliParseError("complete, without its cid", "");
  // Each key was read by that key's own reader, which the compiler can't follow.
  return { ...values, other } as ConnectorConfig;
}

function isKey(key: string): key is Key {
  return Object.hasOwn(READERS, key);
}

function hidePassword(line: string): string {
  return line.startsWith("password") ? "password" : line;
}

export function parseHttpConnectorList(lines: readonly string[]): readonly HttpConnector[] {
  return parseTable(lines, {
    what: "a row of the table of HTTP connectors",
    header: /^#Httpcc id +Type +Method URL/,
    row: /^#(\S+) +HttpConnector +(GET|POST) +(\S+) *$/,
    total: /^Total Httpccs: (\d+)$/,
    read: ([cid = "", method, url = ""]) => ({
      cid,
      url,
      method: method === "GET" ? "GET" : "POST",
    }),
  });
}

/**
 * `group -l`, `user -l`, `user -s`.
 * @module
 */
import type { GatewayGroup, GatewayUser, GatewayUserDetails } from "../../model.ts";
import { JcliParseError } from "./errors.ts";
import { limit, parseTable } from "./parse_table.ts";

export function parseGroupList(lines: readonly string[]): readonly GatewayGroup[] {
  return parseTable(lines, {
    what: "a row of the table of groups",
    header: /^#Group id *$/,
    row: /^#(!?)([^\s!]+) *$/,
    total: /^Total Groups: (\d+)$/,
    read: ([off, gid = ""]) => ({ gid, enabled: off === "" }),
  });
}

export function parseUserList(lines: readonly string[]): readonly GatewayUser[] {
  const what = "a row of the table of users";
  return parseTable(lines, {
    what,
    header: /^#User id +Group id +Username +Balance MT SMS Throughput/,
    row:
      /^#(!?)([^\s!]+) +(!?)([^\s!]+) +(\S+) +(ND \(!\)|\S+) +(ND \(!\)|\S+) +([^/\s]+)\/(\S+) *$/,
    total: /^Total Users(?: in group \[[^\]]*\])?: (\d+)$/,
    read: ([off, uid = "", groupOff, gid = "", username = "", ...quotas], line) => {
      const [balance, smsCount, httpThroughput, smppsThroughput] = quotas.map((cell) =>
        limit(cell, what, line)
      );
      return {
        uid,
        gid,
        username,
        enabled: off === "",
        groupEnabled: groupOff === "",
        balance: balance ?? null,
        smsCount: smsCount ?? null,
        httpThroughput: httpThroughput ?? null,
        smppsThroughput: smppsThroughput ?? null,
      };
    },
  });
}

const WHAT = "a line of a user";

export function parseUser(lines: readonly string[]): GatewayUserDetails {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] =
      /^(uid|gid|username|mt_messaging_cred \w+ \w+|smpps_cred \w+ \w+) (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined || found.has(key)) {
      throw new JcliParseError(WHAT, line);
    }
    found.set(key, value);
  }
  const take = (key: string): string => {
    const value = found.get(key);
    if (value === undefined) throw new JcliParseError(`complete, without "${key}"`, "");
    return value;
  };
  const quota = (key: string) => limit(take(key), WHAT, `${key} ${take(key)}`);
  const section = (name: string) => {
    const prefix = `mt_messaging_cred ${name} `;
    return [...found].filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value] as const);
  };
  const from = take("mt_messaging_cred defaultvalue src_addr");
  const ip = found.get("smpps_cred authorization ip");
  return {
    uid: take("uid"),
    gid: take("gid"),
    username: take("username"),
    authorization: Object.fromEntries(
      section("authorization").map(([key, value]) => [key, pythonBoolean(key, value)]),
    ),
    valuefilter: Object.fromEntries(section("valuefilter")),
    defaultvalue: { src_addr: from === "None" ? null : from },
    quota: {
      balance: quota("mt_messaging_cred quota balance"),
      early_percent: quota("mt_messaging_cred quota early_percent"),
      sms_count: quota("mt_messaging_cred quota sms_count"),
      http_throughput: quota("mt_messaging_cred quota http_throughput"),
      smpps_throughput: quota("mt_messaging_cred quota smpps_throughput"),
    },
    smpps: {
      bind: pythonBoolean("bind", take("smpps_cred authorization bind")),
      ...(ip !== undefined && { ip }),
      max_bindings: quota("smpps_cred quota max_bindings"),
    },
  };
}

function pythonBoolean(key: string, text: string): boolean {
  if (text !== "True" && text !== "False") throw new JcliParseError(WHAT, `${key} ${text}`);
  return text === "True";
}

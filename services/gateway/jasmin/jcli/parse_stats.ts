/**
 * `stats` in all its forms. Python's tabulate writes them: columns as wide as their content, two or
 * more spaces between, no total line under a list of items.
 * @module
 */
import type {
  ConnectorStats,
  GatewayTime,
  StatItems,
  UserStatItems,
  UserStats,
} from "../../model.ts";
import { JcliParseError } from "./errors.ts";
import { cells, parseTable, pythonNumber } from "./parse_table.ts";

const TIME = "(ND|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)";

export function parseConnectorStats(lines: readonly string[]): readonly ConnectorStats[] {
  return parseTable(lines, {
    what: "a row of the statistics of connectors",
    header:
      /^#Connector id +Connected at +Bound at +Disconnected at +Submits +Delivers +QoS errs +Other errs/,
    row: new RegExp(
      `^#(\\S+) +${TIME} +${TIME} +${TIME} +(\\d+)/(\\d+) +(\\d+)/(\\d+) +(\\d+) +(\\d+) *$`,
    ),
    total: /^Total connectors: (\d+)$/,
    read: ([cid = "", connected, bound, disconnected, ...counts]) => {
      const [submitRequests = 0, submits = 0, delivers = 0, dataSms = 0, qos = 0, others = 0] =
        counts
          .map(Number);
      return {
        cid,
        connectedAt: time(connected),
        boundAt: time(bound),
        disconnectedAt: time(disconnected),
        submitRequests,
        submits,
        delivers,
        dataSms,
        throttlingErrors: qos,
        otherErrors: others,
      };
    },
  });
}

export function parseUserStats(lines: readonly string[]): readonly UserStats[] {
  const withPeers = lines[0]?.includes("SMPP Peer IPs") ?? false;
  const peers = withPeers ? " {2,}(.*?)" : "()";
  return parseTable(lines, {
    what: "a row of the statistics of users",
    header:
      /^#User id +SMPP Bound connections +(?:SMPP Peer IPs +)?SMPP L\.A\. +HTTP requests counter +HTTP L\.A\./,
    row: new RegExp(`^#(\\S+) +(\\d+)${peers} +${TIME} +(\\d+) +${TIME} *$`),
    total: /^Total users: (\d+)$/,
    read: ([uid = "", binds, peerText = "", smppLast, requests, httpLast]) => ({
      uid,
      smppBinds: Number(binds),
      smppLastActivity: time(smppLast),
      httpRequests: Number(requests),
      httpLastActivity: time(httpLast),
      ...(withPeers && { smppPeers: peerText }),
    }),
  });
}

/** `--smppc`, `--smppsapi`, `--httpapi`. */
export function parseStatItems(lines: readonly string[]): StatItems {
  const [header = "", ...rows] = lines;
  if (!/^#Item +Value$/.test(header.trimEnd())) {
    throw new JcliParseError("the header of statistics", header);
  }
  return toItems(rows.map((line) => {
    const [item = "", value = "", ...more] = cells(line);
    if (!item.startsWith("#") || more.length > 0) throw new JcliParseError("a statistic", line);
    return [item.slice(1), value, line];
  }));
}

const USER_ITEM = /^#(\w+) +(SMPP Server|HTTP Api)(?: +(.*?))? *$/;

/** `--user`. Names repeat between the two sides. */
export function parseUserStatItems(lines: readonly string[]): UserStatItems {
  const [header = "", ...rows] = lines;
  if (!/^#Item +Type +Value$/.test(header.trimEnd())) {
    throw new JcliParseError("the header of a user's statistics", header);
  }
  const sides: { readonly smpps: Item[]; readonly http: Item[] } = { smpps: [], http: [] };
  for (const line of rows) {
    const [, item, side, value = ""] = USER_ITEM.exec(line) ?? [];
    if (item === undefined) throw new JcliParseError("a user's statistic", line);
    sides[side === "HTTP Api" ? "http" : "smpps"].push([item, value, line]);
  }
  return { smpps: toItems(sides.smpps), http: toItems(sides.http) };
}

type Item = readonly [name: string, value: string, line: string];

function toItems(items: readonly Item[]): StatItems {
  const result: Record<string, number | GatewayTime> = {};
  for (const [name, value, line] of items) {
    if (!/^\w+$/.test(name) || Object.hasOwn(result, name)) {
      throw new JcliParseError("a statistic", line);
    }
    result[name] = name.endsWith("_at") ? time(value) : pythonNumber(value) ?? value;
  }
  return result;
}

function time(text: string | undefined): GatewayTime {
  return text === undefined || text === "ND" || text === "" ? null : text;
}

/** `stats`. */
import type { Counters } from "../gateway/counters.ts";
import { time } from "../log_files.ts";
import type { OptionValues } from "../python/optparse.ts";
import { plainTable } from "../python/table.ts";
import { given, MISSING } from "./given.ts";
import type { JcliSession } from "./session.ts";

export function runStats(session: JcliSession, values: OptionValues): void {
  const { gateway } = session;
  const uid = given(values, "user");
  const cid = given(values, "smppc");
  if (uid !== undefined) {
    if (gateway.user(uid) === undefined) return session.say(`Unknown User: ${uid}`);
    session.say(user(session, uid));
  } else if (values["users"]) users(session);
  else if (cid !== undefined) {
    if (!gateway.connectors.has(cid)) return session.say(`Unknown connector: ${cid}`);
    session.say(items(gateway.connectorCounters(cid)));
  } else if (values["smppcs"]) connectors(session);
  else if (values["httpapi"]) session.say(items(gateway.http));
  else if (values["smppsapi"]) session.say(items(gateway.smppServer));
  else session.say(MISSING);
}

function shown(name: string, value: number | Date | null): string {
  if (value === null) return "";
  if (name === "bound_connections_count") {
    return '{"bind_receiver": 0, "bind_transceiver": 0, "bind_transmitter": 0}';
  }
  if (name.endsWith("_at")) return value instanceof Date ? time(value) : "ND";
  return String(value);
}

function items(counters: Counters): string {
  const rows = [...counters.entries()].map(([name, value]) => [`#${name}`, shown(name, value)]);
  return plainTable(["#Item", "Value"], rows);
}

function user(session: JcliSession, uid: string): string {
  const { smpps, http } = session.gateway.activity(uid);
  const rows = (type: string, values: ReadonlyMap<string, number | Date>) =>
    [...values].map(([name, value]) => [`#${name}`, type, shown(name, value)]);
  const server = rows("SMPP Server", smpps);
  if (session.gateway.later) server.splice(3, 0, ["#bound_peer_ips", "SMPP Server", "-"]);
  return plainTable(["#Item", "Type", "Value"], [...server, ...rows("HTTP Api", http)]);
}

function users(session: JcliSession): void {
  const { gateway } = session;
  const peers = gateway.later;
  const rows = gateway.users.map(({ uid }) => {
    const { smpps, http } = gateway.activity(uid);
    return [
      `#${uid}`,
      "0",
      ...(peers ? ["-"] : []),
      shown("last_activity_at", smpps.get("last_activity_at") ?? 0),
      String(http.get("connects_count") ?? 0),
      shown("last_activity_at", http.get("last_activity_at") ?? 0),
    ];
  });
  const heads = ["#User id", "SMPP Bound connections", ...(peers ? ["SMPP Peer IPs"] : [])];
  const table = plainTable(
    [...heads, "SMPP L.A.", "HTTP requests counter", "HTTP L.A."],
    rows,
  );
  session.print(table);
  session.say(`Total users: ${rows.length}`);
}

function connectors(session: JcliSession): void {
  const { gateway } = session;
  const rows = [...gateway.connectors.keys()].map((cid) => {
    const counters = gateway.connectorCounters(cid);
    const at = (name: string) => shown(name, counters.get(name));
    const pair = (first: string, second: string) =>
      `${counters.count(first)}/${counters.count(second)}`;
    return [
      `#${cid}`,
      at("connected_at"),
      at("bound_at"),
      at("disconnected_at"),
      pair("submit_sm_request_count", "submit_sm_count"),
      pair("deliver_sm_count", "data_sm_count"),
      String(counters.count("throttling_error_count")),
      String(counters.count("other_submit_error_count")),
    ];
  });
  session.print(plainTable([
    "#Connector id",
    "Connected at",
    "Bound at",
    "Disconnected at",
    "Submits",
    "Delivers",
    "QoS errs",
    "Other errs",
  ], rows));
  session.say(`Total connectors: ${rows.length}`);
}

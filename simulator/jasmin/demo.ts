/** A gateway that is in use already: what the demo shows. */
import { buildConfig, type ConfigValue } from "./gateway/connector_config.ts";
import {
  MT_SHAPE,
  newCredential,
  SMPPS_SHAPE,
  SMPPS_SHAPE_WITH_IP,
} from "./gateway/credentials.ts";
import type { Filter } from "./gateway/filters.ts";
import type { Gateway } from "./gateway/gateway.ts";
import type { Target } from "./gateway/routes.ts";
import { newUser } from "./gateway/users.ts";
import type { JasminSimulatorOptions } from "./options.ts";
import { PyRegex } from "./python/regex.ts";
import type { JasminSimulator } from "./simulator.ts";

const PROFILE = "jcli-prod";

/** Connectors, with what is not the gateway's default. */
const CONNECTORS: Readonly<Record<string, Readonly<Record<string, ConfigValue>>>> = {
  es_main: { host: "198.51.100.10", submit_throughput: 60, systype: "VMA" },
  es_backup: { host: "198.51.100.11", submit_throughput: 20 },
  fr_direct: { host: "198.51.100.20", submit_throughput: 30 },
  pt_direct: { host: "198.51.100.30", submit_throughput: 10 },
  intl_hub: { host: "203.0.113.5", port: 2776, submit_throughput: 30 },
};

const GROUPS = ["shops", "services"];

const USERS: readonly { uid: string; gid: string; balance: number | null }[] = [
  { uid: "web_shop", gid: "shops", balance: null },
  { uid: "parcels", gid: "shops", balance: 4210.5 },
  { uid: "clinic", gid: "services", balance: 180.25 },
];

const FILTERS: Readonly<Record<string, Filter>> = {
  to_spain: { type: "DestinationAddrFilter", regex: new PyRegex("^\\+?34") },
  to_france: { type: "DestinationAddrFilter", regex: new PyRegex("^\\+?33") },
  to_portugal: { type: "DestinationAddrFilter", regex: new PyRegex("^\\+?351") },
};

/** Behaviour and traffic of the demo; one connector is slow, one breaks now and then. */
export function demoOptions(): Pick<
  JasminSimulatorOptions,
  "behaviour" | "connectors" | "timing" | "traffic"
> {
  return {
    behaviour: {
      connectMs: 80,
      bindMs: 250,
      unbindMs: 60,
      latencyMs: 30,
      latencyJitterMs: 10,
      errors: 0.002,
      receipts: {
        undelivered: 0.03,
        expired: 0.012,
        rejected: 0.004,
        none: 0.004,
        intermediate: 0.01,
        delayMs: 900,
        jitterMs: 3500,
      },
    },
    // A visitor who stops and starts a connector is not to wait half a minute for what it does.
    timing: { notReadyMs: 3000 },
    connectors: {
      es_backup: { latencyMs: 60 },
      fr_direct: { latencyMs: 70, latencyJitterMs: 25 },
      pt_direct: { latencyMs: 420, latencyJitterMs: 180, receipts: { delayMs: 3000 } },
      intl_hub: { latencyMs: 110, throttled: 0.001, receipts: { undelivered: 0.08 } },
    },
    traffic: {
      perSecond: 4,
      connectors: { es_main: 5, es_backup: 1, fr_direct: 2, pt_direct: 1, intl_hub: 1 },
      prefixes: {
        fr_direct: ["33"],
        pt_direct: ["351"],
        intl_hub: ["44", "49", "39", "52", "57"],
      },
      flapping: { intl_hub: 20 },
      moPerMinute: 8,
    },
  };
}

/** Puts groups, users, connectors, filters and routes into a gateway that has none; persists. */
export function furnishDemo(simulator: JasminSimulator): void {
  const { gateway } = simulator;
  if (gateway.groups.length + gateway.connectors.size > 0) return;
  for (const gid of GROUPS) gateway.addGroup({ gid, enabled: true });
  for (const user of USERS) addUser(gateway, user);
  for (const [cid, changes] of Object.entries(CONNECTORS)) {
    const given = new Map<string, ConfigValue>(Object.entries({ cid, ...changes }));
    gateway.addConnector(
      buildConfig(given, { withCustomTlvs: gateway.later, logDir: "//var/log/jasmin" }),
    );
    gateway.connectors.get(cid)?.start();
  }
  addRoutes(gateway);
  for (const scope of ["router-groups", "router-users", "router-mtroutes"] as const) {
    gateway.persistRouter(PROFILE, scope);
  }
  gateway.persistConnectors(PROFILE);
  gateway.around.store.write(PROFILE, "filters", new Map(Object.entries(FILTERS)));
  gateway.around.store.write(PROFILE, "httpccs", new Map());
}

function addUser(
  gateway: Gateway,
  { uid, gid, balance }: { uid: string; gid: string; balance: number | null },
): void {
  const mt = newCredential(MT_SHAPE);
  if (balance !== null) mt.quotas.set("balance", balance);
  const smpps = newCredential(gateway.later ? SMPPS_SHAPE_WITH_IP : SMPPS_SHAPE);
  // Nobody logs in as another program: its password is not to be known.
  const password = gateway.around.random.uuid().slice(0, 16);
  gateway.addUser(newUser({ uid, gid, username: uid, password }, { mt, smpps }));
}

function addRoutes(gateway: Gateway): void {
  const to = (...cids: string[]): Target[] => cids.map((cid) => ({ kind: "smppc", cid }));
  const by = (fid: string): Filter[] => {
    const filter = FILTERS[fid];
    return filter === undefined ? [] : [filter];
  };
  gateway.mtRoutes.add(30, {
    type: "FailoverMTRoute",
    choice: "failover",
    filters: by("to_spain"),
    targets: to("es_main", "es_backup"),
    rate: 0.032,
  });
  for (
    const [order, fid, cid] of [[20, "to_france", "fr_direct"], [
      10,
      "to_portugal",
      "pt_direct",
    ]] as const
  ) {
    gateway.mtRoutes.add(order, {
      type: "StaticMTRoute",
      choice: "fixed",
      filters: by(fid),
      targets: to(cid),
      rate: order === 20 ? 0.041 : 0.038,
    });
  }
  gateway.mtRoutes.add(0, {
    type: "DefaultRoute",
    choice: "fixed",
    filters: [],
    targets: to("intl_hub"),
    rate: 0.07,
  });
}

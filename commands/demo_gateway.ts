/**
 * The demo's gateway: a simulated Jasmin with connectors, routes and other programs' traffic, set up
 * through the same jcli client that the service uses.
 * @module
 */
import { jasminConsole, JcliSession } from "../services/gateway/mod.ts";
import { type JasminSimulator, startJasminSimulator } from "../simulator/jasmin/mod.ts";

/** jcli's user of the simulated gateway; it listens on loopback only. */
export const DEMO_JCLI = { username: "jcliadmin", password: "jclipwd" } as const;

const FOREIGN_GROUP = "partners";
const FOREIGN_USERS = ["shop", "clinic"] as const;

/** The demo's connectors: two main ones, a slow one, one that flaps, one that is stopped. */
const CONNECTORS = [
  { cid: "iberia_1", host: "smsc1.example.net", submit_throughput: 80, started: true },
  { cid: "iberia_2", host: "smsc2.example.net", submit_throughput: 80, started: true },
  { cid: "lusitania", host: "smpp.example.org", submit_throughput: 40, started: true },
  { cid: "gallia_slow", host: "smpp.example.com", submit_throughput: 20, started: true },
  { cid: "backup", host: "backup.example.net", submit_throughput: 10, started: false },
] as const;

const FILTERS = [
  ["spain", "^34"],
  ["portugal", "^351"],
  ["france", "^33"],
] as const;

/** Starts it; what it had is kept under `storeDir`. */
export async function startDemoGateway(
  storeDir: string,
  logDir: string,
): Promise<JasminSimulator> {
  await Deno.mkdir(storeDir, { recursive: true });
  await Deno.mkdir(logDir, { recursive: true });
  const receipts = { delayMs: 900, jitterMs: 1_800, undelivered: 0.02, expired: 0.006 };
  return await startJasminSimulator({
    ...DEMO_JCLI,
    storeDir,
    logDir,
    behaviour: { latencyMs: 12, latencyJitterMs: 8, receipts },
    connectors: {
      lusitania: { latencyMs: 25, throttled: 0.01, receipts: { ...receipts, none: 0.01 } },
      gallia_slow: { latencyMs: 180, latencyJitterMs: 90, receipts },
    },
    traffic: {
      perSecond: 12,
      moPerMinute: 8,
      flapping: { lusitania: 6 },
      users: { shop: 3, clinic: 1 },
      connectors: { iberia_1: 6, iberia_2: 4, lusitania: 2, gallia_slow: 1 },
    },
  });
}

/** Makes the connectors, routes and foreign users that are missing; nothing on a later start. */
export async function furnishDemoGateway(jcliPort: number): Promise<void> {
  const session = await JcliSession.open({
    hostname: "127.0.0.1",
    port: jcliPort,
    ...DEMO_JCLI,
  });
  try {
    const console = jasminConsole(() => session);
    const present = new Set((await console.connectors.list()).map(({ cid }) => cid));
    if (CONNECTORS.every(({ cid }) => present.has(cid))) return;
    for (const { started, ...connector } of CONNECTORS) {
      if (present.has(connector.cid)) continue;
      await console.connectors.add({ ...connector, username: "demo", password: "demo" });
      if (started) await console.connectors.start(connector.cid);
    }
    await console.groups.add(FOREIGN_GROUP);
    for (const uid of FOREIGN_USERS) {
      await console.users.add({ uid, gid: FOREIGN_GROUP, username: uid, password: "partner" });
    }
    for (const [fid, pattern] of FILTERS) {
      await console.filters.add({
        fid,
        type: "DestinationAddrFilter",
        destination_addr: pattern,
      });
    }
    await console.mtRoutes.add({
      type: "StaticMTRoute",
      order: 20,
      filters: ["portugal"],
      connector: "lusitania",
      rate: 0.021,
    });
    await console.mtRoutes.add({
      type: "StaticMTRoute",
      order: 10,
      filters: ["france"],
      connector: "gallia_slow",
      rate: 0.034,
    });
    await console.mtRoutes.add({
      type: "RandomRoundrobinMTRoute",
      order: 5,
      filters: ["spain"],
      connectors: ["iberia_1", "iberia_2"],
      rate: 0.018,
    });
    await console.mtRoutes.add({ type: "DefaultRoute", connector: "iberia_1", rate: 0.03 });
    await console.persist();
  } finally {
    await session.close();
  }
}

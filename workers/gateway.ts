/**
 * Role `gateway`: holds the one jcli session of the installation, keeps PostgreSQL's picture of the
 * gateway fresh, and carries out what was asked of it. One holder of the lease does it; the lease is
 * checked before each line that is sent.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { acquireLease, isConnectionError, type Lease } from "../services/db/mod.ts";
import { holdJcli } from "./gateway_jcli.ts";
import { watchTraffic } from "./gateway_traffic.ts";
import { OutboxTeller } from "../services/live/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

const LEASE_MS = 10_000;
const RETRY_MS = 1_000;

/** The one gateway of an installation, by the name under which its rows are kept. */
const GATEWAY = "main";

runRole("gateway", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "gateway", 6);
  const outbox = new OutboxTeller(sql, stream, log);
  const tell = () => outbox.tell();
  const hold = async (lease: Lease) => {
    const stopped = AbortSignal.any([signal, lease.lost]);
    const held = { gateway: GATEWAY, config, sql, lease, signal: stopped, log, tell };
    await Promise.all([holdJcli(held), watchTraffic(held)]);
  };
  ready();
  while (!signal.aborted) {
    try {
      await using lease = await acquireLease(sql, "gateway:main", crypto.randomUUID(), LEASE_MS);
      beat({ holder: lease !== null });
      if (lease !== null) await hold(lease);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "The gateway's session waits for the database");
    }
    // An abort ends the pause; the loop's condition does the rest.
    await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
  }
  await outbox.idle();
  await close();
});

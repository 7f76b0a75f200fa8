/**
 * Role `ingest`: applies kept callbacks to their messages. Any number may run.
 * @module
 */
import { ensureRoot } from "../services/accounts/mod.ts";
import { createBilling } from "../services/billing/mod.ts";
import { isConnectionError, Wake } from "../services/db/mod.ts";
import { announcer } from "../services/live/mod.ts";
import { CALLBACKS_CHANNEL, ingestBatch, type Ingested } from "../services/messages/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

/** How long to wait for a notice before looking anyway, in milliseconds. */
const LOOK_AGAIN_MS = 250;

const NOTHING: Ingested = { taken: 0, transitions: [], received: [] };

runRole("ingest", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "ingest");
  const announce = announcer(stream, log);
  const root = await ensureRoot(sql);
  const wake = await Wake.on(sql, CALLBACKS_CHANNEL);
  const deps = {
    sql,
    billing: createBilling(),
    clocks: config.clocks,
    moAccountId: root.id,
    log,
  };
  ready();
  let applied = 0;
  while (!signal.aborted) {
    const batch = await ingestBatch(deps).catch((error: unknown) => {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "Callbacks wait for the database");
      return NOTHING;
    });
    announce.transitions(batch.transitions);
    announce.received(batch.received);
    applied += batch.taken;
    beat({ applied });
    if (batch.taken === 0) await wake.wait(LOOK_AGAIN_MS, signal);
  }
  await announce.flush();
  await wake.close();
  await close();
});

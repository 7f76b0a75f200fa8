/**
 * Role `metrics`: folds counts into minutes and tells the figures of each second. One holder in an
 * installation does it; the others wait for its lease.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { acquireLease, isConnectionError } from "../services/db/mod.ts";
import { announcer } from "../services/live/mod.ts";
import { MetricsRecorder, saveSnapshots } from "../services/metrics/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

const LEASE_MS = 5_000;
const SECOND_MS = 1_000;

runRole("metrics", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "metrics");
  const announce = announcer(stream, log);
  // An abort ends the pause; the loop's condition does the rest.
  const pause = (ms: number) => setTimeout(ms, undefined, { signal }).catch(() => {});
  ready();
  while (!signal.aborted) {
    try {
      await using lease = await acquireLease(sql, "metrics", crypto.randomUUID(), LEASE_MS);
      beat({ holder: lease !== null });
      if (lease !== null) {
        const recorder = new MetricsRecorder(sql);
        await recorder.load();
        while (lease.valid() && !signal.aborted) {
          await pause(SECOND_MS - Date.now() % SECOND_MS);
          const second = await recorder.tick(new Date());
          await saveSnapshots(sql, second);
          announce.second(second);
        }
      }
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "Figures wait for the database");
    }
    if (!signal.aborted) await pause(SECOND_MS);
  }
  await announce.flush();
  await close();
});

/**
 * Role `scheduler`: the clocks of messages, partitions ahead of time, and what ages away. One holder
 * in an installation does the work; the others wait for its lease.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { pruneSessions, pruneThrottle } from "../services/auth/mod.ts";
import { createBilling } from "../services/billing/mod.ts";
import { acquireLease, isConnectionError, type Sql } from "../services/db/mod.ts";
import { announcer, trimLive } from "../services/live/mod.ts";
import type { Logger } from "../services/log/mod.ts";
import { applyClocks } from "../services/messages/mod.ts";
import { pruneFigures } from "../services/metrics/mod.ts";
import type { Stream } from "../services/stream/mod.ts";
import { openResources } from "./resources.ts";
import { runRole } from "./worker.ts";

const LEASE_MS = 10_000;
const TICK_MS = 1_000;
const HOUSEKEEPING_MS = 60_000;

async function keepHouse(sql: Sql, stream: Stream, log: Logger): Promise<void> {
  await sql`select ensure_message_partitions(2)`;
  const [stray] = await sql<{ found: boolean }[]>`
    select exists (select from messages_default) as found`;
  if (stray?.found === true) {
    log.error("Messages lie outside the monthly partitions: is a server's clock wrong");
  }
  await sql`delete from idempotency_keys where created_at < now() - interval '1 day'`;
  await sql`delete from gateway_commands where created_at < now() - interval '7 days'`;
  await pruneSessions(sql, new Date());
  await pruneThrottle(sql, new Date());
  await pruneFigures(sql, new Date());
  await trimLive(stream);
}

runRole("scheduler", async ({ config, signal, log, ready, beat }) => {
  const { sql, stream, close } = openResources(config, "scheduler");
  const announce = announcer(stream, log);
  const deps = { billing: createBilling(), clocks: config.clocks };
  // An abort ends the pause; the loop's condition does the rest.
  const pause = () => setTimeout(TICK_MS, undefined, { signal }).catch(() => {});
  ready();
  let moved = 0;
  while (!signal.aborted) {
    try {
      await using lease = await acquireLease(sql, "scheduler", crypto.randomUUID(), LEASE_MS);
      beat({ holder: lease !== null });
      let kept = -Infinity;
      while (lease?.valid() === true && !signal.aborted) {
        const transitions = await sql.begin((tx) => applyClocks(tx, deps));
        announce.transitions(transitions);
        moved += transitions.length;
        beat({ moved });
        if (performance.now() - kept > HOUSEKEEPING_MS) {
          await keepHouse(sql, stream, log);
          kept = performance.now();
        }
        if (transitions.length === 0) await pause();
      }
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "The clocks wait for the database");
    }
    if (!signal.aborted) await pause();
  }
  await announce.flush();
  await close();
});

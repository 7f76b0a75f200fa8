/**
 * Watches the gateway's HTTP API: its counters each second, and whether it answers at all.
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { isConnectionError } from "../services/db/mod.ts";
import { createJasminTraffic, saveServiceState } from "../services/gateway/mod.ts";
import { type ConnectorCounters, recordCounters } from "../services/metrics/mod.ts";
import type { Held } from "./gateway_jcli.ts";

const POLL_MS = 1_000;

/** Watches until the signal; never throws for what the gateway does. */
export async function watchTraffic({ gateway, config, sql, signal, log }: Held): Promise<void> {
  const traffic = createJasminTraffic({
    host: config.jasmin.host,
    httpPort: config.jasmin.httpPort,
    concurrency: 1,
  });
  while (!signal.aborted) {
    let seen: readonly ConnectorCounters[] | null = null;
    let fault: string | null = null;
    try {
      const { connectors } = await traffic.metrics({ signal });
      seen = [...connectors].map(([cid, counters]) => ({
        cid,
        submit: counters.submits,
        deliver: counters.delivers,
        throttled: counters.throttlingErrors,
        errors: counters.otherErrors,
      }));
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
    if (signal.aborted) break;
    try {
      await saveServiceState(sql, "gateway-http", seen === null ? "down" : "up", fault);
      if (seen !== null) await recordCounters(sql, gateway, seen);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      log.warn({ err: error }, "The gateway's counters wait for the database");
    }
    // An abort ends the pause; the loop looks at the signal.
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
  }
  traffic.close();
}

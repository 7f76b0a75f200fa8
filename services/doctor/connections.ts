/**
 * How many PostgreSQL connections a process of the service may open.
 * @module
 */
import type { Config, Part } from "../config/mod.ts";

/** The sizes of the pools, as commands/server.ts and workers/ open them. */
const POOLS: Readonly<Record<Part, number>> = {
  web: 12,
  gateway: 6,
  dispatch: 8,
  ingest: 4,
  metrics: 4,
  scheduler: 4,
};

/** Beside its pool, each part holds one that waits for notifications. */
const LISTENERS = 1;

/** The most connections that a process of this configuration opens. */
export function connectionsNeeded(config: Pick<Config, "parts" | "ingestWorkers">): number {
  return config.parts.reduce((sum, part) => {
    const count = part === "ingest" ? config.ingestWorkers : 1;
    return sum + count * (POOLS[part] + LISTENERS);
  }, 0);
}

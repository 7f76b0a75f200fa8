/**
 * Looks after what no other role looks after: PostgreSQL itself, the stream, and the workers.
 * @module
 */
import { ping, type Sql } from "../db/mod.ts";
import { saveServiceState } from "../gateway/mod.ts";
import type { Stream } from "../stream/mod.ts";
import type { ProcessState } from "./processes.ts";
import { WORKER_GRACE_MS } from "./services.ts";

/** Looks once and stores what it saw; within about 3 s. @throws when PostgreSQL is away */
export async function watchServices(sql: Sql, stream: Stream): Promise<void> {
  const [ms, health] = await Promise.all([ping(sql), stream.health()]);
  await saveServiceState(sql, "postgresql", "up", `Answered in ${ms.toFixed(1)} ms`);
  const name = health.driver === "redis" ? "Redis" : "In PostgreSQL";
  await saveServiceState(
    sql,
    "stream",
    health.ok ? "up" : "down",
    health.message ?? `${name}, answered in ${health.latencyMs.toFixed(1)} ms`,
  );
}

/** PostgreSQL was away and is back: since when it is up, and why it was down. */
export async function noteDatabaseBack(sql: Sql, reason: string): Promise<void> {
  await saveServiceState(sql, "postgresql", "down", reason);
  await saveServiceState(sql, "postgresql", "up", null);
}

/** Workers that are down for longer than a restart takes, as services that are down. Pure. */
export function lostWorkers(processes: readonly ProcessState[], now: Date): {
  readonly name: string;
  readonly state: "down";
  readonly since: Date;
  readonly seenAt: Date;
  readonly detail: string | null;
}[] {
  return processes.flatMap(({ workers, seenAt }) =>
    workers
      .filter((worker) =>
        worker.state === "down" && now.getTime() - Date.parse(worker.since) > WORKER_GRACE_MS
      )
      .map(({ name, since, lastError }) => ({
        name: `worker ${name}`,
        state: "down" as const,
        since: new Date(since),
        seenAt,
        detail: lastError,
      }))
  );
}

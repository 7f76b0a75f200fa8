/**
 * How each dependency is, for `/healthz`, `doctor` and screens.
 * @module
 */
import { ping, type Sql } from "../db/mod.ts";
import { listServiceStates } from "../gateway/mod.ts";
import type { Stream } from "../stream/mod.ts";

/** One dependency. */
export interface DependencyHealth {
  readonly name: string;
  readonly state: "up" | "down" | "unknown";
  /** Whether the service can do its main job without it. */
  readonly needed: boolean;
  /** RFC 3339; null where nobody keeps it. */
  readonly since: string | null;
  /** Why it is not well, or how it is reached. */
  readonly detail: string | null;
}

/** All of them; `ok` is false when a needed one is not up. */
export interface HealthReport {
  readonly ok: boolean;
  readonly dependencies: readonly DependencyHealth[];
}

/** What is looked at. */
export interface HealthDeps {
  readonly sql: Sql;
  readonly stream: Stream;
  /** Roles that this process runs, by their supervisor. */
  readonly workers: () => readonly DependencyHealth[];
}

async function databaseHealth(sql: Sql): Promise<DependencyHealth> {
  const base = { name: "postgresql", needed: true, since: null };
  try {
    const ms = await ping(sql);
    return { ...base, state: "up", detail: `answered in ${ms.toFixed(1)} ms` };
  } catch (error) {
    return { ...base, state: "down", detail: error instanceof Error ? error.message : null };
  }
}

async function streamHealth(stream: Stream): Promise<DependencyHealth> {
  const health = await stream.health();
  return {
    name: health.driver === "redis" ? "redis" : "stream",
    needed: true,
    since: null,
    state: health.ok ? "up" : "down",
    detail: health.message ?? `answered in ${health.latencyMs.toFixed(1)} ms`,
  };
}

const GATEWAY: readonly string[] = ["jcli", "gateway-http"];

async function gatewayHealth(sql: Sql): Promise<DependencyHealth[]> {
  try {
    // The others are looked at here and now, not as the role `metrics` saw them last.
    const states = (await listServiceStates(sql)).filter(({ name }) => GATEWAY.includes(name));
    return states.map((service) => ({
      name: service.name,
      needed: true,
      state: service.state,
      since: service.since.toISOString(),
      detail: service.state === "unknown" ? "Its watcher is silent" : service.detail,
    }));
  } catch {
    return [];
  }
}

/** Looks at everything at once; never throws, takes 2 s at most. */
export async function checkHealth({ sql, stream, workers }: HealthDeps): Promise<HealthReport> {
  const [database, streaming, gateway] = await Promise.all([
    databaseHealth(sql),
    streamHealth(stream),
    gatewayHealth(sql),
  ]);
  const dependencies = [database, streaming, ...gateway, ...workers()];
  return {
    ok: dependencies.every((each) => !each.needed || each.state === "up"),
    dependencies,
  };
}

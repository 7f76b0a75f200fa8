/**
 * Which parts of the service run: as this machine's web part tells, and as the database sees the
 * connections and leases of the whole installation.
 * @module
 */
import { z } from "zod";
import { type Config, type Role, ROLES } from "../config/mod.ts";
import type { Sql } from "../db/mod.ts";
import { urlHost } from "./words.ts";

/** What the web part says of one dependency or role. */
export interface ReportedPart {
  readonly name: string;
  readonly state: "up" | "down" | "unknown";
  readonly detail: string | null;
}

/** What runs, here and elsewhere. */
export interface RunningParts {
  /** What `/healthz` of this machine's web part says; null when none answers. */
  readonly web: readonly ReportedPart[] | null;
  /** Roles that are connected to the database or hold their lease, wherever they run. */
  readonly roles: ReadonlySet<Role>;
  /** Whether anything runs at all. */
  readonly any: boolean;
}

const HEALTH_MS = 3_000;

const healthSchema = z.object({
  dependencies: z.array(z.object({
    name: z.string(),
    state: z.enum(["up", "down", "unknown"]),
    detail: z.string().nullable(),
  })),
});

/** The leases that show that a role runs. */
const LEASE_OF: Readonly<Partial<Record<Role, string>>> = {
  gateway: "gateway:main",
  metrics: "metrics",
  scheduler: "scheduler",
};

/** The address at which this machine reaches its own web part. */
export function webUrl(config: Pick<Config, "host" | "port">): string {
  const isAny = config.host === "0.0.0.0" || config.host === "::";
  return `http://${isAny ? "127.0.0.1" : urlHost(config.host)}:${config.port}`;
}

async function askWeb(config: Config): Promise<readonly ReportedPart[] | null> {
  try {
    const response = await fetch(`${webUrl(config)}/healthz`, {
      signal: AbortSignal.timeout(HEALTH_MS),
      redirect: "manual",
    });
    const parsed = healthSchema.safeParse(await response.json());
    return parsed.success ? parsed.data.dependencies : null;
  } catch {
    // Nobody there, or another program: the service's web part doesn't run here.
    return null;
  }
}

async function askDatabase(
  sql: Sql,
): Promise<{ readonly names: Set<string>; leases: Set<string> }> {
  const connected = await sql<{ name: string }[]>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name like 'jasmin-dashboard %'`;
  const held = await sql<{ name: string }[]>`
    select name from leases
    where expires_at > clock_timestamp() and holder not like 'doctor %'`;
  return {
    names: new Set(connected.map(({ name }) => name)),
    leases: new Set(held.map(({ name }) => name)),
  };
}

/** Finds out what runs; never throws for what is away. */
export async function findRunningParts(
  config: Config,
  sql: Sql | undefined,
): Promise<RunningParts> {
  const [web, seen] = await Promise.all([
    askWeb(config),
    sql === undefined ? undefined : askDatabase(sql),
  ]);
  const roles = new Set(ROLES.filter((role) => {
    const lease = LEASE_OF[role];
    return seen?.names.has(`jasmin-dashboard ${role}`) === true ||
      (lease !== undefined && seen?.leases.has(lease) === true);
  }));
  const elsewhere = seen?.names.has("jasmin-dashboard web") === true;
  return { web, roles, any: web !== null || roles.size > 0 || elsewhere };
}

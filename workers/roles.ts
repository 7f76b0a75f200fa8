/**
 * Which file runs a role, and the least that it may do.
 * @module
 */
import type { Config, Part, Role } from "../services/config/mod.ts";
import type { RoleSpec } from "./supervisor.ts";

/** `host:port` as a permission, from a URL's point of view. */
function hostOf(url: string | undefined, defaultPort: number): string[] {
  if (url === undefined) return [];
  const { hostname, port } = new URL(url);
  return [`${hostname}:${port === "" ? defaultPort : port}`];
}

function netOf(config: Config, role: Role): string[] {
  const shared = [...hostOf(config.databaseUrl, 5432), ...hostOf(config.redisUrl, 6379)];
  const { host, httpPort, telnetPort } = config.jasmin;
  if (role === "gateway") return [...shared, `${host}:${telnetPort}`, `${host}:${httpPort}`];
  if (role === "dispatch") return [...shared, `${host}:${httpPort}`];
  return shared;
}

/** The roles that the configuration asks this process to run. */
export function roleSpecs(config: Config): RoleSpec[] {
  const asked = (part: Part): part is Role => part !== "web";
  return config.parts.filter(asked).map((role) => ({
    role,
    file: new URL(`./${role}.ts`, import.meta.url),
    count: role === "ingest" ? config.ingestWorkers : 1,
    permissions: { net: netOf(config, role) },
  }));
}

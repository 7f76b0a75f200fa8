import type { Build, Module } from "../build_cache.ts";

/** A build of modules as a test writes them: routes by their path, islands by their name. */
export function cacheOf(
  { files = {}, islands = {}, root = "/nowhere", routes = {} }: {
    files?: Build["files"];
    islands?: Record<string, Module>;
    root?: string;
    routes?: Record<string, Module>;
  },
): Build {
  const named = Object.entries(islands).map(([name, module]) => ({
    name,
    module,
    file: `/${name}.js`,
  }));
  return { root, version: "v1", clientEntry: "/client.js", files, islands: named, routes };
}

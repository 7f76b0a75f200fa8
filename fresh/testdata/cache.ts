import { BuildCache, type Snapshot } from "../build_cache.ts";

type Module = Readonly<Record<string, unknown>>;

/** A build of modules as a test writes them: routes by their path, islands by their name. */
export function cacheOf(
  { files = {}, islands = {}, routes = {} }: {
    files?: Snapshot["files"];
    islands?: Record<string, Module>;
    routes?: Record<string, Module>;
  },
): BuildCache {
  return new BuildCache("/nowhere", {
    version: "v1",
    clientEntry: "/client.js",
    files,
    islands: Object.keys(islands).map((name) => ({
      name,
      file: `/${name}.js`,
      path: name,
    })),
    routes: Object.keys(routes).map((id) => ({ id, path: id })),
  }, { ...islands, ...routes });
}

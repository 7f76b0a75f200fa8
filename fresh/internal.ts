/**
 * What `_fresh/server.js` uses.
 * @module
 */
export { setBuildCache } from "./app.ts";
export { BuildCache as ProdBuildCache } from "./build_cache.ts";

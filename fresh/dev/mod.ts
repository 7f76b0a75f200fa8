/**
 * Builds and serves a project in development.
 * @module
 */
export { Builder, type BuildOptions } from "./builder.ts";

/**
 * PostgreSQL out of an npm package, run privately under `DATA_DIR`.
 * @module
 */
export { type Embedded, startEmbedded } from "./start.ts";
export { findRunning, type Running } from "./lock.ts";

/**
 * The SMS gateway: its words, the implementation for Jasmin, what is kept of it in PostgreSQL, and
 * the commands that reach the one session that may change it.
 * @module
 */
export * from "./carry_out/mod.ts";
export * from "./command_types.ts";
export * from "./commands.ts";
export * from "./connector_keys.ts";
export * from "./connector_values.ts";
export * from "./events.ts";
export * from "./fingerprint.ts";
export * from "./gsm.ts";
export * from "./http_connectors.ts";
export * from "./jasmin/mod.ts";
export * from "./model.ts";
export * from "./operations.ts";
export * from "./parts.ts";
export * from "./service.ts";
export * from "./setup.ts";
export * from "./states.ts";
export * from "./store.ts";
export * from "./text.ts";

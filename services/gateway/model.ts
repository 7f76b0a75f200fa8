/**
 * The words of the subject: what an SMS gateway has and can be told, whichever gateway it is. The
 * keys of settings are the gateway's own, so that an operator finds what is in its manual.
 * @module
 */
export * from "./model/connectors.ts";
export * from "./model/gateway.ts";
export * from "./model/messages.ts";
export * from "./model/routing.ts";
export * from "./model/statistics.ts";
export * from "./model/users.ts";

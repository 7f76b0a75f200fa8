/**
 * Words, numbers and dates in the user's language, on the server. Islands import `client.ts`.
 * @module
 */
export * from "./client.ts";
export * from "./phone.ts";
export * from "./translator.ts";

/**
 * The live stream as islands use it: `follow` it, and read its clock.
 * @module
 */
export * from "./live_clock.ts";
export * from "./live_events.ts";
export { follow, type LiveListener, readFrom } from "./live_stream.ts";

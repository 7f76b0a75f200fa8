/**
 * What happens, told at once to those who may see it: a hub reads the stream `live` and serves every
 * client of its process, by SSE or WebSocket, without losing an event over a cut connection.
 * @module
 */
export {
  type Channel,
  CHANNELS,
  isChannel,
  parseChannels,
  requireChannels,
  type Viewer,
  viewerOf,
} from "./channels.ts";
export { formatEventId, parseEventId } from "./event_id.ts";
export { Hub, type HubOptions } from "./hub.ts";
export type { GapReason, Outgoing } from "./outgoing.ts";
export { type Announcer, announcer } from "./announcer.ts";
export { OutboxTeller } from "./outbox.ts";
export { presentState } from "./present.ts";
export { LIVE_RETENTION_MS, LIVE_STREAM, type LiveEvent, publish, trimLive } from "./publish.ts";
export type { RingLimits } from "./ring.ts";
export type { EndReason, Sink } from "./sink.ts";
export type { SnapshotProvider } from "./snapshots.ts";
export { SseClient } from "./sse.ts";
export type { SubscribeOptions, Subscription } from "./subscription.ts";

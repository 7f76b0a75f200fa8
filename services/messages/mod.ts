/**
 * Messages: an MT's life from request to receipt, and MOs.
 * @module
 */
export { type ApplyDeps, applySignals } from "./apply.ts";
export {
  CALLBACKS_CHANNEL,
  type InboundCallback,
  keepCallbacks,
  keepUnmatched,
  type NewCallback,
  signalOfCallback,
  takeCallbacks,
} from "./callbacks.ts";
export { applyClocks } from "./clocks.ts";
export {
  bucketCeiling,
  GAUGES,
  latencyBucket,
  type MetricDelta,
  minuteOf,
  writeDeltas,
} from "./counts.ts";
export { Dispatcher, type DispatcherOptions } from "./dispatcher.ts";
export { createHooks, type Hooks } from "./hooks.ts";
export { ingestBatch, type IngestDeps, type Ingested } from "./ingest.ts";
export { lifeOf, type LifeStep } from "./life.ts";
export { createMessages, type Messages, type PageRequest } from "./service.ts";
export { type SendContext, type SendDeps, type SendRequest, type SendResult } from "./send.ts";
export { type HookSigner, hookSigner } from "./hook_signature.ts";
export { type LeasedMessage, leaseQueued } from "./lease.ts";
export type {
  AppliedTransition,
  Charset,
  Clocks,
  Json,
  Message,
  MessageEvent,
  MoMessage,
  SignalEntry,
} from "./model.ts";
export { parseRecipient, parseSender, type Recipient } from "./recipient.ts";
export { FINAL_STATES, isFinal, MT_STATES, type MtState, type Signal, SIGNALS } from "./states.ts";
export {
  findMessage,
  insertMessage,
  listEvents,
  listMessages,
  listMoMessages,
  type MessageFilter,
  type NewMessage,
  type Page,
} from "./store.ts";

/**
 * An SMSC for tests, load and the demo: an SMPP 3.4 server that behaves as it is told and keeps a
 * record of all it received and sent.
 * @module
 */
export type { AccountOptions } from "./account.ts";
export type { ReceivedMessage } from "./assembly.ts";
export { type Behaviour, type BehaviourPatch, DEFAULT_BEHAVIOUR } from "./behaviour.ts";
export type { Counts, DeliveryRecord, DestinationCount, SubmitRecord } from "./model.ts";
export { controlHandler } from "./control.ts";
export { runSmsc } from "./main.ts";
export type { Mo } from "./mo.ts";
export { OUTCOME_NAMES, type ReceiptStat, type Rule, SUFFIX_RULES, suffixFor } from "./outcome.ts";
export type { Delay } from "./random.ts";
export type { RecordOptions, SmscRecord } from "./record.ts";
export type { Drop, SessionInfo } from "./session.ts";
export { type SessionSelector, type Smsc, type SmscOptions, startSmsc } from "./smsc.ts";

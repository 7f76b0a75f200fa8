/**
 * A Jasmin gateway on loopback: jcli to the byte, the HTTP API, `/metrics`, callbacks, log files.
 * For the demo and for tests; never for production.
 * @module
 */
export { demoOptions, furnishDemo } from "./demo.ts";
export type { MobileOriginated } from "./callbacks/mo.ts";
export type {
  BehaviourChange,
  ConnectorBehaviour,
  ReceiptProfile,
  Timing,
} from "./gateway/behaviour.ts";
export type { ReceiptChange, ScriptedAnswer } from "./gateway/operator.ts";
export type { Receipt } from "./gateway/submit.ts";
export type { SubmitSm } from "./gateway/submit_sm.ts";
export type { HttpFault } from "./http/api.ts";
export type { JcliFault } from "./jcli/server.ts";
export type { InterceptorMode, JasminSimulatorOptions, Release } from "./options.ts";
export type {
  AcceptedMessage,
  CallbackAttempt,
  Ledger,
  ReceiptResult,
  SubmitResult,
} from "./record.ts";
export { type JasminSimulator, startJasminSimulator } from "./simulator.ts";
export type { TrafficOptions } from "./traffic.ts";

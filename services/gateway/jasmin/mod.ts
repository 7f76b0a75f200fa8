/**
 * Jasmin SMS Gateway as a gateway: its console (jcli) and its HTTP API.
 * @module
 */
export {
  createJasminTraffic,
  type JasminTraffic,
  type JasminTrafficOptions,
} from "./http/traffic.ts";
export type { MoAnswer } from "./http/mo_call.ts";
export { classifyAnswer } from "./http/answers.ts";
export { jasminConsole } from "./jcli/console.ts";
export {
  JcliAuthError,
  JcliClosedError,
  JcliError,
  JcliGuardError,
  JcliParseError,
  JcliProtocolError,
  JcliRefusedError,
  JcliTimeoutError,
} from "./jcli/errors.ts";
export { JcliSession, type JcliSessionOptions } from "./jcli/session.ts";

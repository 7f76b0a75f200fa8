/**
 * A diagnosis of the installation: each dependency and each known fault, with what was tried, what
 * came back and the mend.
 * @module
 */
export { CHECKS } from "./checks.ts";
export type { Check, CheckResult, Finding, Outcome } from "./model.ts";
export { runChecks } from "./run.ts";
export { type DatabasePlace, Surroundings, type SurroundingsOptions } from "./surroundings.ts";

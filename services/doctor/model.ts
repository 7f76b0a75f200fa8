/**
 * The words of a diagnosis: checks as data, and what each found.
 * @module
 */
import type { Surroundings } from "./surroundings.ts";

/** How a check ended. `skipped`: it could not be made, and something else says why. */
export type Outcome = "ok" | "warn" | "fail" | "skipped";

/** What a check found, in words for the person who must mend it. Never holds a secret. */
export interface Finding {
  readonly outcome: Outcome;
  /** What was done. */
  readonly tried: string;
  /** What came back. */
  readonly got: string;
  /** What to do about it; absent when there is nothing to do. */
  readonly mend?: string;
}

/** One question to the installation, independent of what the other checks find. */
export interface Check {
  /** Stable, for programs. */
  readonly id: string;
  readonly title: string;
  /** Milliseconds after which it has failed. @default 10_000 */
  readonly deadlineMs?: number;
  /** May throw: that is a failure in the error's words. */
  run(at: Surroundings): Promise<Finding>;
}

/** A check's finding, and how long it took. */
export interface CheckResult extends Finding {
  readonly id: string;
  readonly title: string;
  readonly ms: number;
}

/**
 * Starts the roles as Deno workers, each with its own permissions, and keeps them running.
 *
 * A worker that dies is started again. One that is silent can't be ended (`terminate()` doesn't stop
 * a worker that computes, and its connections stay open): then the whole process drains the others
 * and exits with 75, so that whatever started it (systemd, compose, `superviseChild`) starts it anew.
 * @module
 */
import type { Config } from "../services/config/mod.ts";
import { logger } from "../services/log/mod.ts";
import { RESTART_EXIT_CODE } from "./supervisor_child.ts";
import { type RoleSpec, Slot, type WorkerStatus } from "./supervisor_slot.ts";

export { RESTART_EXIT_CODE, superviseChild, whenParentGone } from "./supervisor_child.ts";
export { FRAME_PERMISSIONS } from "./supervisor_slot.ts";
export type { RoleSpec, WorkerState, WorkerStatus } from "./supervisor_slot.ts";

const log = logger("supervisor");

/** How a supervisor behaves. Times are in milliseconds. */
export interface SupervisorOptions {
  readonly config: Config;
  readonly roles: readonly RoleSpec[];
  /** @default 1000 */
  readonly heartbeatMs?: number;
  /** Silence after which a worker is taken for stuck. @default 10000 */
  readonly silentAfterMs?: number;
  /** What a worker gets besides, from its start to its first sign of life. @default 30000 */
  readonly startWithinMs?: number;
  /** What the others get to drain when one is stuck. @default 2000 */
  readonly lastDrainMs?: number;
  /** Ends the process with 75. @default Deno.exit */
  readonly exit?: (code: number) => void;
}

/** The running roles. */
export interface Supervisor {
  /** Every worker, in the order of the roles. */
  status(): WorkerStatus[];
  /** Resolves when every worker has been ready once. */
  readonly ready: Promise<void>;
  /**
   * Lets every worker drain for `deadlineMs`, then cuts off those that haven't.
   * @returns the names of those, for example `ingest 1`
   */
  stop(deadlineMs?: number): Promise<string[]>;
}

/** Starts the roles; fails only for what a `Worker` can't even be made of. */
export function startSupervisor(options: SupervisorOptions): Supervisor {
  const {
    config,
    roles,
    heartbeatMs = 1_000,
    silentAfterMs = 10_000,
    startWithinMs = 30_000,
    lastDrainMs = 2_000,
    exit = Deno.exit,
  } = options;
  const slots = roles.flatMap((spec) =>
    Array.from(
      { length: spec.count ?? 1 },
      (_, index) => new Slot(spec, index, config, heartbeatMs),
    )
  );
  const watching = watch(slots, heartbeatMs, (now) => {
    const stuck = slots.filter((slot) => slot.silentMs(now, startWithinMs) > silentAfterMs);
    if (stuck.length === 0) return;
    clearInterval(watching);
    log.fatal(
      { workers: stuck.map((slot) => slot.name), silentAfterMs },
      "Workers are silent: the process drains the others and exits, to be started again",
    );
    drain(slots.filter((slot) => !stuck.includes(slot)), lastDrainMs)
      .finally(() => exit(RESTART_EXIT_CODE));
  });
  const stop = async (deadlineMs = 10_000): Promise<string[]> => {
    clearInterval(watching);
    return await drain(slots, deadlineMs);
  };
  for (const slot of slots) slot.start();
  const ready = Promise.all(slots.map((slot) => slot.wasReady)).then(() => {});
  return { status: () => slots.map((slot) => slot.status()), ready, stop };
}

/** Calls `check` once per heartbeat, except after a time in which this thread itself stood still. */
function watch(
  slots: readonly Slot[],
  everyMs: number,
  check: (now: number) => void,
): ReturnType<typeof setInterval> {
  let last = performance.now();
  return setInterval(() => {
    const now = performance.now();
    const stoodStill = now - last > 3 * everyMs;
    last = now;
    // The heartbeats of that time are still in the queue behind this timer.
    if (stoodStill) slots.forEach((slot) => slot.forgive(now));
    else check(now);
  }, everyMs);
}

async function drain(slots: readonly Slot[], deadlineMs: number): Promise<string[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, deadlineMs));
  await Promise.race([Promise.all(slots.map((slot) => slot.stop())), late]);
  clearTimeout(timer);
  const left = slots.filter((slot) => slot.state !== "stopped");
  for (const slot of left) slot.cut();
  return left.map((slot) => slot.name);
}

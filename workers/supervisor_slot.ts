/**
 * The place of one worker: whoever dies in it is followed by another.
 * @module
 */
import type { Config, Role } from "../services/config/mod.ts";
import { logger } from "../services/log/mod.ts";
import { Deaths } from "./supervisor_backoff.ts";
import type { Detail, Order, Report } from "./supervisor_messages.ts";

/** A role, where its file is, and what it may do. */
export interface RoleSpec {
  readonly role: Role;
  /** The file that calls `runRole`, for example `new URL("./ingest.ts", import.meta.url)`. */
  readonly file: URL;
  /** Workers of the role. @default 1 */
  readonly count?: number;
  /** What its workers may do besides `FRAME_PERMISSIONS`; nothing that this process may not. */
  readonly permissions: Deno.PermissionOptionsObject;
}

/**
 * What every worker needs: pino reads one variable and the host's name as it loads, pg and node-redis
 * look for variables of theirs.
 */
export const FRAME_PERMISSIONS = {
  env: ["NODE_V8_COVERAGE", "NODE_PG_FORCE_NATIVE", "PG*", "REDIS_*", "USER"],
  sys: ["hostname"],
} as const;

/**
 * `starting`: not ready yet. `ready`: works. `stopping`: drains. `stopped`: has drained, or was
 * cut off. `waiting`: died, and is started again in a moment.
 */
export type WorkerState = "starting" | "ready" | "stopping" | "stopped" | "waiting";

/** One worker, as shown to operators. */
export interface WorkerStatus {
  readonly role: Role;
  readonly index: number;
  readonly state: WorkerState;
  /** When it came into that state. */
  readonly since: Date;
  /** Times that a dead worker was followed by another. */
  readonly restarts: number;
  /** Why the last one died; stays when the next one is well. */
  readonly lastError: string | null;
  /** Whether it dies again and again: 5 times within 5 minutes. */
  readonly crashLoop: boolean;
  /** Time since its last sign of life; null before the first. */
  readonly heartbeatAgeMs: number | null;
  /** The most that its timers were late in the second before the last heartbeat. */
  readonly lagMs: number;
  /** The role's own figures. */
  readonly detail: Detail;
}

const log = logger("supervisor");

export class Slot {
  readonly name: string;
  readonly #spec: RoleSpec;
  readonly #index: number;
  readonly #config: Config;
  readonly #heartbeatMs: number;
  readonly #deaths = new Deaths();
  #worker: Worker | undefined;
  #state: WorkerState = "starting";
  #since = new Date();
  #startedAt = 0;
  #heardAt: number | undefined;
  #restarts = 0;
  #lastError: string | null = null;
  #lagMs = 0;
  #detail: Detail = {};
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #wasReady = Promise.withResolvers<void>();

  constructor(spec: RoleSpec, index: number, config: Config, heartbeatMs: number) {
    this.name = `${spec.role} ${index}`;
    this.#spec = spec;
    this.#index = index;
    this.#config = config;
    this.#heartbeatMs = heartbeatMs;
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** Resolves when a worker in this place has been ready for the first time. */
  get wasReady(): Promise<void> {
    return this.#wasReady.promise;
  }

  status(): WorkerStatus {
    const now = performance.now();
    return {
      role: this.#spec.role,
      index: this.#index,
      state: this.#state,
      since: this.#since,
      restarts: this.#restarts,
      lastError: this.#lastError,
      crashLoop: this.#deaths.looping(now),
      heartbeatAgeMs: this.#heardAt === undefined ? null : Math.round(now - this.#heardAt),
      lagMs: this.#lagMs,
      detail: this.#detail,
    };
  }

  start(): void {
    const worker = new Worker(this.#spec.file, {
      type: "module",
      name: this.name,
      deno: { permissions: permissionsOf(this.#spec) },
    });
    this.#worker = worker;
    this.#startedAt = performance.now();
    this.#heardAt = undefined;
    this.#detail = {};
    this.#enter("starting");
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (this.#worker === worker) this.#hear(data);
    };
    worker.onerror = (event) => {
      // Else the error would be ours and end the process.
      event.preventDefault();
      if (this.#worker === worker) this.#died(event.message);
    };
    worker.onmessageerror = () => {
      if (this.#worker === worker) this.#died("Sent what can't be read");
    };
    this.#order({
      kind: "start",
      role: this.#spec.role,
      index: this.#index,
      config: this.#config,
      heartbeatMs: this.#heartbeatMs,
    });
  }

  /** Time without a sign of life of a worker that should give some; 0 where none is due. */
  silentMs(now: number, startWithinMs: number): number {
    if (this.#worker === undefined) return 0;
    if (this.#heardAt !== undefined) return now - this.#heardAt;
    return Math.max(0, now - this.#startedAt - startWithinMs);
  }

  /** Takes it that the worker gave a sign of life: we were the ones who didn't listen. */
  forgive(now: number): void {
    if (this.#heardAt !== undefined) this.#heardAt = now;
    else this.#startedAt = now;
  }

  /** Asks the worker to drain; resolves when it has said goodbye or died. */
  stop(): Promise<void> {
    clearTimeout(this.#restartTimer);
    if (this.#worker === undefined) this.#end();
    else if (this.#state !== "stopping") {
      this.#enter("stopping");
      this.#order({ kind: "stop" });
    }
    return this.#stopped.promise;
  }

  /** Ends the worker without its consent. One that is busy computes on until it next yields. */
  cut(): void {
    this.#lastError = "Didn't drain in time and was cut off";
    log.error({ worker: this.name }, this.#lastError);
    this.#end();
  }

  #hear(report: Report): void {
    this.#heardAt = performance.now();
    switch (report.kind) {
      case "heartbeat":
        this.#lagMs = report.lagMs;
        this.#detail = report.detail;
        return;
      case "ready":
        if (this.#state !== "starting") return;
        this.#enter("ready");
        this.#wasReady.resolve();
        log.info({ worker: this.name }, "A worker is ready");
        return;
      case "goodbye":
        return this.#end();
      case "failed":
        return this.#died(report.message);
    }
  }

  #died(why: string): void {
    const now = performance.now();
    this.#lastError = why;
    this.#drop();
    if (this.#state === "stopping") {
      log.error({ worker: this.name, why }, "A worker died while it drained");
      return this.#end();
    }
    this.#deaths.add(now, now - this.#startedAt);
    const delayMs = Math.round(this.#deaths.delayMs());
    const crashLoop = this.#deaths.looping(now);
    log.error(
      { worker: this.name, why, delayMs, crashLoop },
      crashLoop ? "A worker dies again and again" : "A worker died and is started again",
    );
    this.#enter("waiting");
    this.#restartTimer = setTimeout(() => {
      this.#restarts++;
      this.start();
    }, delayMs);
  }

  #end(): void {
    this.#drop();
    this.#enter("stopped");
    this.#stopped.resolve();
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #enter(state: WorkerState): void {
    this.#state = state;
    this.#since = new Date();
  }

  #order(order: Order): void {
    this.#worker?.postMessage(order);
  }
}

function permissionsOf({ permissions }: RoleSpec): Deno.PermissionOptionsObject {
  return {
    ...permissions,
    env: withFrame(permissions.env, FRAME_PERMISSIONS.env),
    sys: withFrame(permissions.sys, FRAME_PERMISSIONS.sys),
  };
}

/** What a role names is added to; what it asks for whole stays whole. */
function withFrame(
  asked: "inherit" | boolean | string[] = [],
  frame: readonly string[],
): "inherit" | boolean | string[] {
  if (asked === "inherit" || asked === true) return asked;
  return [...frame, ...(asked === false ? [] : asked)];
}

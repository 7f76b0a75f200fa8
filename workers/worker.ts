/**
 * The frame that every role runs in, inside its Deno worker.
 *
 * A role's file calls `runRole` once, at its top level; the supervisor does the rest.
 * @module
 */
import { type Config, type Role } from "../services/config/mod.ts";
import { type Logger, logger, setLogLevel } from "../services/log/mod.ts";
import type { Detail, Order, Report } from "./supervisor_messages.ts";

/** What a role is given. */
export interface RoleContext {
  readonly config: Config;
  /** Which of the role's workers this is, from 0. */
  readonly index: number;
  /** Aborts when the role shall finish what it has begun, take nothing new, and return. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Says that set-up is done and work has begun. */
  ready(): void;
  /** Sets figures that the status shows (replacing those of the same name), and counts as `ready`. */
  beat(detail?: Detail): void;
}

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(report: Report): void;
  close(): void;
}

const LAG_SAMPLE_MS = 200;

/**
 * Runs the role in this worker: `work` begins with the supervisor's order, sends heartbeats all the
 * while, and returns once `signal` is aborted and everything is drained. What it throws, and any
 * rejection that nobody handles, is logged and ends the worker; the supervisor starts another.
 */
export function runRole(role: Role, work: (context: RoleContext) => Promise<void>): void {
  // Roles are checked with the types of a window, in which `self` is no worker's scope.
  const scope = self as unknown as Scope;
  const log = logger(role);
  const stopping = new AbortController();
  let ended = false;
  let heart: Heart | undefined;

  const end = (report: Report): void => {
    if (ended) return;
    ended = true;
    heart?.stop();
    scope.postMessage(report);
    scope.close();
  };
  const fail = (error: unknown): void => {
    log.error({ err: error }, "The role failed");
    end({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  };
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });

  const start = async (order: Order & { kind: "start" }): Promise<void> => {
    setLogLevel(order.config.debug ? "debug" : "info");
    let said = false;
    const ready = (): void => {
      if (said) return;
      said = true;
      scope.postMessage({ kind: "ready" });
    };
    heart = startHeart(order.heartbeatMs, (report) => scope.postMessage(report));
    const { beat } = heart;
    try {
      await work({
        config: order.config,
        index: order.index,
        signal: stopping.signal,
        log,
        ready,
        beat: (detail = {}) => {
          ready();
          beat(detail);
        },
      });
      if (!stopping.signal.aborted) throw new Error("The role returned though nobody stopped it");
      end({ kind: "goodbye" });
    } catch (error) {
      fail(error);
    }
  };

  scope.onmessage = ({ data: order }) => {
    if (order.kind === "stop") stopping.abort();
    else if (order.role === role) start(order);
    else fail(new Error(`This file runs the role ${role}, not ${order.role}`));
  };
}

interface Heart {
  beat(detail: Detail): void;
  stop(): void;
}

/** Sends a heartbeat at once and then every `everyMs`, with how late this worker's timers are. */
function startHeart(everyMs: number, send: (report: Report) => void): Heart {
  let detail: Detail = {};
  let lagMs = 0;
  let expected = performance.now() + LAG_SAMPLE_MS;
  const sample = (): void => {
    const now = performance.now();
    lagMs = Math.max(lagMs, now - expected);
    expected = now + LAG_SAMPLE_MS;
  };
  const tell = (): void => {
    send({ kind: "heartbeat", lagMs: Math.round(lagMs), detail });
    lagMs = 0;
  };
  const timers = [setInterval(sample, LAG_SAMPLE_MS), setInterval(tell, everyMs)];
  tell();
  return {
    beat: (more) => detail = { ...detail, ...more },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
}

/**
 * The rules: what was observed in, conditions out. Pure.
 * @module
 */
import type { Condition } from "./model.ts";

/** A connector that is started and not bound. */
export interface UnboundConnector {
  readonly cid: string;
  readonly state: "binding" | "down";
  readonly since: Date;
  readonly lastError: string | null;
  /** When it left the bound state; null when it was not bound since it was started. */
  readonly lostAt: Date | null;
}

/** A service that somebody watches. */
export interface ObservedService {
  readonly name: string;
  /** `unknown`: its watcher is silent. */
  readonly state: "up" | "down" | "unknown";
  readonly since: Date;
  readonly seenAt: Date;
  readonly detail: string | null;
}

/** Messages that were closed within the last quarter of an hour, of all accounts. */
export interface ClosedMessages {
  readonly delivered: number;
  readonly failed: number;
  /** When the counts were taken. */
  readonly at: Date;
}

/** For how long each condition must hold, in milliseconds, and where a rate is too low. */
export const RULES = {
  /** A connector that was bound. */
  connectorLost: { forMs: 2_000 },
  /** A connector that was started and never bound: the SMSC may take its time. */
  connectorNeverBound: { forMs: 60_000 },
  serviceDown: { forMs: 2_000 },
  /**
   * Delivered of closed messages within 15 minutes. `over` is above `below`, or a rate at the
   * threshold would come and go; `least` closed messages, or one bad number among three would tell.
   */
  deliveryRate: { below: 0.8, over: 0.85, least: 50, forMs: 60_000 },
} as const;

/** A started connector that isn't bound, whether it lost its bind or never got one. */
export function connectorConditions(connectors: readonly UnboundConnector[]): Condition[] {
  return connectors.map(({ cid, state, since, lostAt, lastError }) => ({
    kind: "connector-down",
    subject: cid,
    severity: "critical",
    since: lostAt ?? since,
    forMs: lostAt === null ? RULES.connectorNeverBound.forMs : RULES.connectorLost.forMs,
    detail: { state, reason: lostAt === null ? "never-bound" : "lost", last_error: lastError },
  }));
}

export function serviceConditions(services: readonly ObservedService[]): Condition[] {
  return services.filter(({ state }) => state !== "up").map((service) => ({
    kind: "service-down",
    subject: service.name,
    severity: "critical",
    since: service.state === "unknown" ? service.seenAt : service.since,
    forMs: RULES.serviceDown.forMs,
    detail: { state: service.state, last_error: service.detail },
  }));
}

/**
 * Too few of the closed messages were delivered.
 * @param since when the condition was first seen, undefined when it wasn't there a moment ago
 * @param open whether there is an incident, which is over only at the upper threshold
 */
export function deliveryConditions(
  closed: ClosedMessages,
  since: Date | undefined,
  open: boolean,
): Condition[] {
  const { below, over, least, forMs } = RULES.deliveryRate;
  const total = closed.delivered + closed.failed;
  if (total < least) return [];
  const rate = closed.delivered / total;
  if (rate >= (open || since !== undefined ? over : below)) return [];
  return [{
    kind: "delivery-rate",
    subject: "",
    severity: "warning",
    since: since ?? closed.at,
    forMs,
    detail: { rate: Math.round(rate * 1_000) / 1_000, threshold: below, closed: total },
  }];
}

/** Whether a condition has held for long enough. */
export function isDue({ since, forMs }: Condition, now: Date): boolean {
  return now.getTime() - since.getTime() >= forMs;
}

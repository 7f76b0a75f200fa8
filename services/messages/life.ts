/**
 * A message's life in words, from its row and what was recorded of it; pure.
 * @module
 */
import type { Json, Message, MessageEvent } from "./model.ts";
import type { MtState } from "./states.ts";

/** One step of a message's life. */
export interface LifeStep {
  readonly state: MtState;
  readonly at: Date;
  /** What moved it: a signal of the table of states, or the request or lease that began it. */
  readonly signal: string;
  /** The gateway's or SMSC's own words, where there are any. */
  readonly detail: Json;
}

/** The start of the attempt that an answer tells of. */
function startOf(detail: Json): Date | null {
  if (detail === null || typeof detail !== "object" || !("started_at" in detail)) return null;
  return typeof detail.started_at === "string" ? new Date(detail.started_at) : null;
}

/**
 * The states that a message went through, oldest first. A lease leaves no event of its own (it is
 * the hottest write): its moment stands in the answer's event, or in the row while it is under way.
 */
export function lifeOf(message: Message, events: readonly MessageEvent[]): LifeStep[] {
  const steps: LifeStep[] = [
    { state: "queued", at: message.createdAt, signal: "request", detail: {} },
  ];
  for (const event of events) {
    const started = startOf(event.detail);
    if (started !== null) {
      steps.push({ state: "sending", at: started, signal: "lease", detail: {} });
    }
    if (event.to !== null) {
      steps.push({ state: event.to, at: event.at, signal: event.signal, detail: event.detail });
    }
  }
  if (message.state === "sending") {
    steps.push({ state: "sending", at: message.stateSince, signal: "lease", detail: {} });
  }
  return steps.sort((left, right) => left.at.getTime() - right.at.getTime());
}

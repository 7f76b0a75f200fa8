/**
 * What the gateway's answer to `/send` does to a message.
 * @module
 */
import type { SendOutcome } from "../gateway/mod.ts";
import type { LeasedMessage } from "./lease.ts";
import type { SignalEntry } from "./model.ts";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Pause before the next attempt: 1 s, doubled each time, at most a minute. */
export function retryDelayMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(16, Math.max(0, attempts - 1)));
}

/** The signal of an answer; its fingerprint holds the attempt, so each attempt is an event. */
export function signalOfOutcome(
  message: Pick<LeasedMessage, "id" | "attempts">,
  outcome: SendOutcome,
  startedAt: Date,
  at: Date,
): SignalEntry {
  const base = { messageId: message.id, at, attempt: message.attempts };
  const detail = { started_at: startedAt.toISOString(), attempt: message.attempts };
  const fingerprint = `answer:${message.attempts}`;
  switch (outcome.kind) {
    case "accepted":
      return {
        ...base,
        signal: "accept",
        fingerprint,
        detail: { ...detail, gateway_message_id: outcome.gatewayId },
        gatewayMessageId: outcome.gatewayId,
      };
    case "retry":
      return {
        ...base,
        signal: "defer",
        fingerprint,
        detail: { ...detail, answer: outcome.text, why: outcome.reason },
        reason: outcome.text,
        retryAt: new Date(at.getTime() + retryDelayMs(message.attempts)),
      };
    case "rejected":
      return {
        ...base,
        signal: "refuse",
        fingerprint,
        detail: { ...detail, answer: outcome.text },
        reason: outcome.text,
      };
    case "uncertain":
      return {
        ...base,
        signal: "lose",
        fingerprint,
        detail: { ...detail, answer: outcome.text },
        reason: outcome.text,
      };
  }
}

/** Whether the gateway as a whole is away, so that other messages would fare no better. */
export function isGatewayAway(outcome: SendOutcome): boolean {
  return outcome.kind === "retry" &&
    (outcome.reason === "unreachable" || outcome.reason === "not-a-gateway");
}

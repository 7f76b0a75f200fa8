/**
 * What an answer of `/send`, or the lack of one, says of the message. Two questions decide: can the
 * message be in the gateway's queue, and would the same message be taken at another time.
 * @module
 */
import type { RetryReason, SendOutcome } from "../../model.ts";
import type { HttpFailure } from "./connection.ts";

/** A rule of the table. The first that fits decides. */
interface AnswerRule {
  /** Absent: any status. */
  readonly status?: number;
  /** Of the text between the quotes of `Error "..."`. */
  readonly text: RegExp;
  readonly then: RetryReason | "rejected" | "uncertain";
}

/**
 * Jasmin's own refusals (`protocols/http/errors.py` and where they are raised). Each is raised
 * before the message is put into the queue, with one exception, the 500s: those may come after.
 */
export const ANSWER_RULES: readonly AnswerRule[] = [
  { status: 403, text: /^User throughput exceeded/, then: "throughput" },
  { status: 403, text: /^Cannot charge submit_sm/, then: "gateway-credit" },
  { status: 403, text: /^Authentication failure/, then: "authentication" },
  { status: 412, text: /^Failover route has no bound connectors/, then: "no-bound-connector" },
  { status: 412, text: /^No route found/, then: "rejected" },
  { status: 503, text: /^InterceptorPB not (?:set|connected)/, then: "interceptor-away" },
  // A script may choose any status, 500 too: the words tell that it was the script.
  { text: /^Interception specific error code/, then: "rejected" },
  { text: /^Failed running interception script/, then: "rejected" },
];

const ACCEPTED = /^Success "([0-9A-Za-z-]{1,64})"$/;
const REFUSED = /^Error "([\s\S]*)"$/;
/** Characters of a text that are kept: it is shown and stored with the message. */
const MAX_TEXT = 500;

/** The outcome that an HTTP answer of `/send` stands for. */
export function classifyAnswer(status: number, body: string): SendOutcome {
  const gatewayId = status === 200 ? ACCEPTED.exec(body)?.[1] : undefined;
  if (gatewayId !== undefined) return { kind: "accepted", gatewayId };

  const refusal = REFUSED.exec(body)?.[1];
  const text = (refusal ?? body).slice(0, MAX_TEXT) || `HTTP ${status} without a text`;
  if (refusal !== undefined) {
    const rule = ANSWER_RULES.find((each) =>
      (each.status === undefined || each.status === status) && each.text.test(refusal)
    );
    if (rule !== undefined) return outcome(rule.then, text);
  }
  // Something in front of the gateway limits the rate (RFC 6585).
  if (status === 429) return outcome("throughput", text);
  // 2xx that isn't a success: something took it, and nobody knows what.
  if (status < 300 || status >= 500) return outcome("uncertain", `HTTP ${status}: ${text}`);
  if (refusal !== undefined && status >= 400) return outcome("rejected", text);
  // A redirect, or a 4xx in other words than Jasmin's: the wrong server, or a proxy's own refusal.
  return outcome("not-a-gateway", `HTTP ${status}: ${text}`);
}

/** The outcome when there was no answer: what counts is whether a byte can have left. */
export function classifyFailure(failure: HttpFailure): SendOutcome {
  if (failure.bytesLeft) return outcome("uncertain", failure.message);
  return outcome(failure.phase === "waiting" ? "busy" : "unreachable", failure.message);
}

function outcome(then: AnswerRule["then"], text: string): SendOutcome {
  if (then === "uncertain" || then === "rejected") return { kind: then, text };
  return { kind: "retry", reason: then, text };
}

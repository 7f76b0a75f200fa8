/**
 * Failures as problem details: the one map from kinds of failure to HTTP statuses.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 * @module
 */
import { STATUS_CODES } from "node:http";
import { HttpError } from "fresh";
import { z } from "zod";
import { isConnectionError } from "../../services/db/mod.ts";
import { AppError, RateLimitedError, ValidationError } from "../../services/errors/mod.ts";
import { logger } from "../../services/log/mod.ts";

interface ProblemRule {
  readonly status: number;
  readonly title: string;
  /** Answered with `Retry-After` of so many seconds, unless the error knows better. */
  readonly retryAfterSeconds?: number;
}

/**
 * Every kind of failure. 400 is for what can't be read at all, 422 for what was read and breaks a
 * rule. A used-up quota is 402 and not 429: clients repeat a 429 by themselves, and no waiting
 * brings credit back.
 */
export const PROBLEMS = {
  "conflict": { status: 409, title: "Clashes with the present state" },
  "forbidden": { status: 403, title: "Not allowed" },
  "internal": { status: 500, title: "Internal error" },
  "malformed-request": { status: 400, title: "The request can't be read" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "not-found": { status: 404, title: "Not found" },
  "quota-exceeded": { status: 402, title: "Quota used up" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "too-large": { status: 413, title: "Body too large" },
  "unauthenticated": { status: 401, title: "Not signed in" },
  // After "unauthenticated", which a bare 401 is.
  "totp-required": { status: 401, title: "A code of the second factor is needed" },
  "unavailable": { status: 503, title: "Not available now", retryAfterSeconds: 5 },
  "unsupported-media-type": { status: 415, title: "Unsupported media type" },
  "validation": { status: 422, title: "Invalid input" },
} as const satisfies Record<string, ProblemRule>;

export type ProblemKind = keyof typeof PROBLEMS;

export const PROBLEM_TYPE_PREFIX = "urn:jasmin-dashboard:problem:";

/** The body of every answer that is an error. */
export const problemSchema = z.strictObject({
  type: z.string().meta({
    description: "The kind of failure; stable, for programs",
    example: `${PROBLEM_TYPE_PREFIX}validation`,
  }),
  title: z.string().meta({ description: "The kind in words" }),
  status: z.int().meta({ description: "The HTTP status" }),
  detail: z.string().optional().meta({ description: "What happened, and the mend" }),
  instance: z.string().meta({ description: "This very request, as the server's log names it" }),
  errors: z.array(
    z.strictObject({
      field: z.string().meta({ description: "Path of the value", example: "messages.3.text" }),
      message: z.string().meta({ description: "What is wrong with it, and the mend" }),
    }),
  ).optional().meta({ description: "Each fault of the input" }),
}).meta({ id: "Problem" });

export type Problem = z.infer<typeof problemSchema>;

const log = logger("http");

function isKind(kind: string): kind is ProblemKind {
  return Object.hasOwn(PROBLEMS, kind);
}

/** What kind of failure an error is; `internal` is everything that nobody expected. */
export function kindOf(error: unknown): ProblemKind {
  if (error instanceof AppError) return isKind(error.kind) ? error.kind : "internal";
  if (error instanceof HttpError) {
    const kinds = Object.keys(PROBLEMS).filter(isKind);
    return kinds.find((kind) => PROBLEMS[kind].status === error.status) ?? "internal";
  }
  return isConnectionError(error) ? "unavailable" : "internal";
}

function detailOf(error: unknown, kind: ProblemKind, requestId: string): string | undefined {
  if (kind === "internal") {
    return `Something went wrong here; if it lasts, tell the operator this id: ${requestId}`;
  }
  if (error instanceof ValidationError) return undefined;
  if (error instanceof AppError || error instanceof HttpError) return error.message || undefined;
  return "The database can't be reached now; try again in a moment";
}

/**
 * An error as the answer to a request. Unexpected ones are logged under the request's id and tell
 * nothing else to the outside.
 */
export function problemResponse(
  error: unknown,
  requestId: string,
  headers: Headers = new Headers(),
): Response {
  const kind = kindOf(error);
  const rule: ProblemRule = PROBLEMS[kind];
  if (kind === "internal") log.error({ err: error, requestId }, "Request failed");
  if (kind === "unavailable") log.warn({ err: error, requestId }, "Request refused for now");

  const detail = detailOf(error, kind, requestId);
  const problem: Problem = {
    type: PROBLEM_TYPE_PREFIX + kind,
    title: rule.title,
    status: rule.status,
    ...(detail === undefined ? {} : { detail }),
    instance: `urn:uuid:${requestId}`,
    ...(error instanceof ValidationError ? { errors: [...error.faults] } : {}),
  };
  const retryAfter = error instanceof RateLimitedError
    ? error.retryAfterSeconds
    : rule.retryAfterSeconds;
  if (retryAfter !== undefined) headers.set("Retry-After", String(retryAfter));
  if (rule.status === 401 && !headers.has("WWW-Authenticate")) {
    headers.set("WWW-Authenticate", 'Bearer realm="jasmin-dashboard"');
  }
  headers.set("Content-Type", "application/problem+json");
  headers.set("Cache-Control", "no-store");
  return new Response(JSON.stringify(problem), {
    status: rule.status,
    statusText: STATUS_CODES[rule.status] ?? "",
    headers,
  });
}

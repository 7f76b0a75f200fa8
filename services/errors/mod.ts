/**
 * The kinds of failure that a caller can act on. `routes/` maps each to one HTTP status, the CLI to
 * one exit code; nothing else decides by message text.
 * @module
 */

/** One fault in one input: the field's path (`to`, `messages.3.text`) and the mend. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** Base of every expected failure: its message may be shown to the person who made the request. */
export abstract class AppError extends Error {
  /** Stable, machine-readable kind, used in RFC 9457 `type`. */
  abstract readonly kind: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The input breaks a rule; nothing was changed. */
export class ValidationError extends AppError {
  readonly kind = "validation";
  readonly faults: readonly FieldFault[];

  constructor(field: string | readonly FieldFault[], message?: string) {
    const faults = typeof field === "string" ? [{ field, message: message ?? "Invalid" }] : field;
    super(faults.map((fault) => `${fault.field}: ${fault.message}`).join("; "));
    this.faults = faults;
  }
}

/** The thing named doesn't exist, or isn't visible to the caller. */
export class NotFoundError extends AppError {
  readonly kind = "not-found";
}

/** The request clashes with the present state (duplicate key, changed meanwhile, wrong state). */
export class ConflictError extends AppError {
  readonly kind = "conflict";
}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {
  readonly kind = "forbidden";
}

/** The caller is not known: no, bad or expired credentials. */
export class UnauthenticatedError extends AppError {
  readonly kind = "unauthenticated";
}

/** Too many requests; may be repeated after `retryAfterSeconds` (>= 1). */
export class RateLimitedError extends AppError {
  readonly kind = "rate-limited";
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}

/** A limit that was granted to the account is used up (credit, quota). */
export class QuotaError extends AppError {
  readonly kind = "quota-exceeded";
}

/** A dependency (database, stream, gateway) can't serve this now; may be repeated later. */
export class UnavailableError extends AppError {
  readonly kind = "unavailable";
}

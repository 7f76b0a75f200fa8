/**
 * Schemas of what many endpoints have in common.
 * @module
 */
import { z } from "zod";

/** An id of ours. */
export const id: z.ZodUUID = z.uuid().meta({ example: "0198c0de-7f3a-7b5c-9d2e-1f0a2b3c4d5e" });

/** A moment in UTC, as answers show it. */
export const timestamp: z.ZodISODateTime = z.iso.datetime().meta({
  example: "2026-01-31T12:00:00.000Z",
});

/** A moment in a request, with its zone. */
export const instant: z.ZodType<Date, string> = z.iso
  .datetime({
    offset: true,
    error: "Is not a time with its zone; give one such as 2026-01-31T12:00:00Z",
  })
  .transform((text) => new Date(text));

/**
 * Makes a repetition of a request harmless: the same key brings the same answer.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export const idempotencyKey: z.ZodString = z.string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/, "Has characters that are not visible ASCII; use a UUID, for example")
  .meta({
    description: "Makes a repetition harmless",
    example: "8e03978e-40d5-43dd-bc93-6894a57f9324",
  });

/** Where a page of a list begins, as the page before it said in `next_cursor`. */
export const cursor: z.ZodString = z.string()
  .min(1)
  .max(512)
  .regex(/^[A-Za-z0-9_-]+$/, "Is no cursor; give the next_cursor of the page before")
  .meta({ description: "The next_cursor of the page before" });

/** A whole number in a query, within bounds; `fallback` when it is not given. */
export function queryInteger(
  bounds: { readonly min: number; readonly max: number; readonly fallback: number },
  description: string,
): z.ZodType<number, string | undefined> {
  const { min, max, fallback } = bounds;
  return z.string()
    .regex(/^-?\d{1,15}$/, "Is not a whole number; give one in digits")
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(fallback)
    .meta({ type: "integer", minimum: min, maximum: max, default: fallback, description });
}

/** How many entries a page of a list has, 50 unless told, 200 at most. */
export const limit: z.ZodType<number, string | undefined> = queryInteger(
  { min: 1, max: 200, fallback: 50 },
  "How many entries at most",
);

/** A yes or no in a query. */
export function queryBoolean(description: string): z.ZodType<boolean, "true" | "false"> {
  return z.enum(["true", "false"]).transform((value) => value === "true")
    .meta({ type: "boolean", description });
}

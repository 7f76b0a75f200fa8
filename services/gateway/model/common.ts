/**
 * Shapes that several settings share.
 * @module
 */
import { z } from "zod";

/** Printable ASCII, no outer spaces: what a terminal line can carry unchanged. */
export function lineText(max: number): z.ZodString {
  return z.string().min(1).max(max).regex(
    /^[!-~](?:[ -~]*[!-~])?$/,
    "Use printable ASCII without outer spaces",
  );
}

/** Text of which the gateway takes the word `none` for "nothing": use null for that. */
export function nameableText(max: number): z.ZodString {
  return lineText(max).regex(
    /^(?!none$)/i,
    'Must not be the word "none": the gateway reads it as nothing',
  );
}

/** Routes and interceptors: the highest order is tried first; 0 is the default route's. */
export const Order: z.ZodInt = z.int().min(0).max(1_000_000);

/** The price of one part in the gateway's units; 0 is free. It shows five decimals: no more pass. */
export const Rate: z.ZodNumber = z.number().min(0).max(1_000_000).refine(
  (value) => Math.abs(value * 1e5 - Math.round(value * 1e5)) < 1e-3,
  "Has more than five decimals",
);

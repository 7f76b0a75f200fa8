/**
 * Input from outside, checked by its schema.
 * @module
 */
import type { z } from "zod";
import { ValidationError } from "../errors/mod.ts";

/** @throws {ValidationError} with each fault, its field's path and what is wrong there */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ValidationError(
    parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })),
  );
}

/**
 * Input checked by its schema, with our own error.
 * @module
 */
import type { z } from "zod";
import { ValidationError } from "../../errors/mod.ts";

/**
 * `value` as the schema's output.
 * @param field Names the value itself, where it isn't an object with named fields.
 * @throws {ValidationError} with a fault for each field that the schema refuses
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  field = "input",
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ValidationError(
    result.error.issues.map(({ path, message }) => ({ field: path.join(".") || field, message })),
  );
}

/**
 * What both drivers refuse, checked before anything is sent.
 * @module
 */
import { ValidationError } from "../errors/mod.ts";
import type { NewEntry } from "./model.ts";

const DEFAULT_LIMIT = 500;
const HIGHEST_LIMIT = 10_000;
const LONGEST_TYPE = 64;

/** @throws ValidationError when the number of entries asked for is not 1 to 10,000 */
export function checkedLimit(limit = DEFAULT_LIMIT): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
    throw new ValidationError("limit", `Got ${limit}; give a whole number from 1 to 10,000`);
  }
  return limit;
}

/** @throws ValidationError when a type is empty or too long, or a text can't be stored */
export function checkEntries(entries: readonly NewEntry[]): void {
  for (const [index, { type, data }] of entries.entries()) {
    if (type === "" || type.length > LONGEST_TYPE) {
      throw new ValidationError(`entries.${index}.type`, "Give it 1 to 64 characters");
    }
    // PostgreSQL stores no NUL in text; JSON has no need of one, it writes \u0000.
    if (type.includes("\0") || data.includes("\0")) {
      throw new ValidationError(
        `entries.${index}`,
        "Contains a NUL character; encode the data as JSON",
      );
    }
  }
}

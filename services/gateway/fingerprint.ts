/**
 * A short name for what something was when it was looked at: a change that names another than what
 * is there now was made by somebody who has not seen it.
 * @module
 */
import { createHash } from "node:crypto";

/** The same for the same JSON, whatever the order of its keys. */
export function fingerprintOf(value: unknown): string {
  return createHash("sha256").update(ordered(value)).digest("hex").slice(0, 24);
}

function ordered(value: unknown): string {
  return JSON.stringify(
    value,
    (_, each: unknown) =>
      typeof each === "object" && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => a < b ? -1 : 1))
        : each,
  ) ?? "";
}

/**
 * What an entry of the audit log changed, field by field.
 * @module
 */
import type { AuditEntry } from "../../../services/audit/mod.ts";

type Json = AuditEntry["before"];

/** A field before and after; null where it wasn't there. */
export interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lists the fields of both, in the order in which they were written. */
export function differenceOf(before: Json, after: Json): Change[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after || before === null || after === null);
}

/** Values by their path: `settings.currency`. A list of plain values is one value. */
function flat(json: Json, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  if (json === null) {
    if (path !== "") found.set(path, "null");
  } else if (typeof json !== "object" || Array.isArray(json)) {
    found.set(path, textOf(json));
  } else {
    for (const [key, value] of Object.entries(json)) {
      const below = flat(value, path === "" ? key : `${path}.${key}`);
      for (const [name, text] of below) found.set(name, text);
    }
  }
  return found;
}

function textOf(json: Json): string {
  if (typeof json === "string") return json;
  const isPlainList = Array.isArray(json) && json.every((each) => typeof each === "string");
  return isPlainList ? json.join(", ") : JSON.stringify(json);
}

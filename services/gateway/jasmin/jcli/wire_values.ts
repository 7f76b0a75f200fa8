/**
 * How values are written to jcli.
 * @module
 */

/** A setting's value as jcli reads it: null is `none`, booleans are yes and no. */
export function wireValue(value: string | number | boolean | null): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

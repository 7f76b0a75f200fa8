/**
 * A new API key as its form writes it.
 * @module
 */
import { type Permission, PERMISSIONS } from "../../../services/auth/mod.ts";

/** How long a key may live, as the form offers it; in days. */
export const EXPIRIES = { never: null, month: 30, quarter: 90, year: 365 } as const;
export type Expiry = keyof typeof EXPIRIES;

/** The fields of the form, as they were chosen. */
export interface KeyFields {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiry: Expiry;
}

export const NEW_KEY: KeyFields = { name: "", scopes: [], expiry: "quarter" };

export function keyFieldsOf(form: FormData): KeyFields {
  const scopes = form.getAll("scopes");
  const expiry = form.get("expiry");
  const known = (["never", "month", "quarter", "year"] as const).find((each) => each === expiry);
  return {
    name: String(form.get("name") ?? ""),
    scopes: PERMISSIONS.filter((each) => scopes.includes(each)),
    expiry: known ?? NEW_KEY.expiry,
  };
}

/** When the key ends; null for never. */
export function expiresAt(expiry: Expiry, now: Date): Date | null {
  const days = EXPIRIES[expiry];
  return days === null ? null : new Date(now.getTime() + days * 86_400_000);
}

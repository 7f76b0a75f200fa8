/**
 * What forms of pages have in common: reading their fields, and saying beside each what is wrong.
 * @module
 */
import { emailSchema, MAX_PASSWORD_BYTES, MIN_PASSWORD_LENGTH } from "../services/auth/mod.ts";
import { ValidationError } from "../services/errors/mod.ts";
import type { T } from "../services/i18n/mod.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is an id of ours: what is none is not asked of the database. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** What is wrong, by the name of its field, in the user's language. */
export type Faults = Readonly<Record<string, string>>;

/** What a form's field holds; empty when it was not sent. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** A name of a person or a thing: needed, and 120 characters at most. */
export function nameFault(t: T<"form">, label: string, value: string): string | null {
  const have = value.trim().length;
  if (have === 0) return t("form.required", { field: label });
  return have > 120 ? t("form.tooLong", { have, n: 120 }) : null;
}

/** An address that a user may have. */
export function emailFault(t: T<"form" | "users">, label: string, value: string): string | null {
  if (value.trim() === "") return t("form.required", { field: label });
  return emailSchema.safeParse(value).success ? null : t("users.emailWrong", { value });
}

/** A password that a user may have; see `checkPassword`. */
export function passwordFault(
  t: T<"form" | "users">,
  label: string,
  value: string,
): string | null {
  if (value === "") return t("form.required", { field: label });
  const normalized = value.normalize("NFKC");
  const have = [...normalized].length;
  if (have < MIN_PASSWORD_LENGTH) return t("form.tooShort", { have, n: MIN_PASSWORD_LENGTH });
  const bytes = new TextEncoder().encode(normalized).length;
  return bytes > MAX_PASSWORD_BYTES
    ? t("users.passwordLong", { have: bytes, most: MAX_PASSWORD_BYTES })
    : null;
}

/** The faults that there are. */
export function faultsOf(checks: Readonly<Record<string, string | null>>): Faults {
  const found: Record<string, string> = {};
  for (const [name, fault] of Object.entries(checks)) if (fault !== null) found[name] = fault;
  return found;
}

/** Whether there is any. */
export function isFaulty(faults: Faults): boolean {
  return Object.keys(faults).length > 0;
}

/**
 * What a service says of the fields that only it can judge, in the words of `say`.
 * @throws {unknown} the error itself, when it is about no field or `say` has no word for one
 */
export function serviceFaults(error: unknown, say: (field: string) => string | null): Faults {
  if (!(error instanceof ValidationError)) throw error;
  const faults = error.faults.map(({ field }) => [field, say(field)] as const);
  if (faults.some(([, words]) => words === null)) throw error;
  return faultsOf(Object.fromEntries(faults));
}

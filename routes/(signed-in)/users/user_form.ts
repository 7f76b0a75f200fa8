/**
 * Users as forms write them: what is read of a form, and what is wrong in it.
 * @module
 */
import { isLanguage, type Language, type T } from "../../../services/i18n/mod.ts";
import { type Role, ROLES } from "../../../services/accounts/mod.ts";
import { ConflictError, ForbiddenError, ValidationError } from "../../../services/errors/mod.ts";
import { emailFault, type Faults, faultsOf, fieldOf, nameFault } from "../../forms.ts";

/** The fields of the form, as they were typed. */
export interface UserFields {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly language: string;
  readonly accountId: string;
}

export function userFieldsOf(form: FormData): UserFields {
  return {
    name: fieldOf(form, "name"),
    email: fieldOf(form, "email"),
    role: fieldOf(form, "role"),
    language: fieldOf(form, "language"),
    accountId: fieldOf(form, "accountId"),
  };
}

/** The same, typed; null where a choice is none of ours, which no form offers. */
export function choicesOf(
  { language, role }: UserFields,
): { readonly role: Role; readonly language: Language } | null {
  const known = ROLES.find((each) => each === role);
  return known === undefined || !isLanguage(language) ? null : { role: known, language };
}

/** What the page itself sees. */
export function fieldFaults(t: T, { email, name }: UserFields): Faults {
  return faultsOf({
    name: nameFault(t, t("users.name"), name),
    email: emailFault(t, t("users.email"), email),
  });
}

/**
 * What the service refuses, beside its field.
 * @param stored the address that the user has: a conflict about it is about another thing
 * @throws {unknown} the error itself, when it is about no field
 */
export function refusedFields(
  t: T,
  error: unknown,
  fields: UserFields,
  stored?: string,
): Faults {
  if (error instanceof ForbiddenError) return { role: t("users.roleAbove") };
  if (error instanceof ConflictError) {
    const email = fields.email.trim().toLowerCase();
    return email === stored
      ? { role: t("users.lastAdmin", { name: fields.name }) }
      : { email: t("users.taken", { email }) };
  }
  if (!(error instanceof ValidationError)) throw error;
  const words: Readonly<Record<string, string>> = {
    accountId: t("users.noAccount"),
    email: t("users.emailWrong", { value: fields.email }),
    role: t("users.rootOnly"),
  };
  const faults: Record<string, string> = {};
  for (const { field } of error.faults) {
    const said = words[field];
    if (said === undefined) throw error;
    faults[field] = said;
  }
  return faults;
}

/**
 * Who makes a request.
 * @module
 */
import type { Language, Role, Scope } from "../accounts/mod.ts";

/** A person who signed in. */
export interface UserPrincipal {
  readonly kind: "user";
  readonly userId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly sessionId: string;
  readonly language: Language;
}

/** The caller of a request; told apart by `kind`. */
export type Principal = UserPrincipal;

/**
 * Who makes a request.
 * @module
 */
import type { Language, Role, Scope } from "../accounts/mod.ts";
import type { Permission } from "./permissions.ts";

/** What every caller has: the user as who it acts, as that user is now. */
interface Caller {
  readonly userId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly language: Language;
}

/** A person who signed in. */
export interface UserPrincipal extends Caller {
  readonly kind: "user";
  readonly sessionId: string;
}

/** A program with an API key, which acts for the key's user. */
export interface ApiKeyPrincipal extends Caller {
  readonly kind: "api-key";
  readonly keyId: string;
  /** What the key was made for. The user's role may allow less by now; `can` asks both. */
  readonly permissions: readonly Permission[];
}

/** The caller of a request; told apart by `kind`. */
export type Principal = UserPrincipal | ApiKeyPrincipal;

/** Who asks for a change, and from where: what the audit log is told. */
export interface Requester {
  readonly principal: Principal;
  readonly ip: string | null;
}

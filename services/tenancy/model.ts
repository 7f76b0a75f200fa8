/**
 * The words of tenancy.
 * @module
 */
import type {
  Account,
  AccountChange,
  EffectiveAccount,
  NewAccount,
  Scope,
} from "../accounts/mod.ts";
import type { Principal, Requester } from "../auth/mod.ts";
import type { NewQuota, Quota } from "../billing/mod.ts";

/** An account with what holds for it once those above are taken into account. */
export interface AccountDetails {
  readonly account: Account;
  readonly effective: EffectiveAccount;
  /** Its own; those above it may be used up before. */
  readonly quota: Quota;
}

/** A new account and what it may send. */
export type AccountInput = NewAccount & { readonly quota?: NewQuota };

/** A change of an account and of what it may send. */
export type AccountEdit = AccountChange & { readonly quota?: NewQuota };

/** Each change writes its audit entry in its own transaction. */
export interface Accounts {
  /** Those of the scope in the order of the tree: each before those below it. */
  list(scope: Scope): Promise<Account[]>;
  /** @throws {NotFoundError} when there is none of that id in the scope */
  read(principal: Principal, id: string): Promise<AccountDetails>;
  /**
   * @throws {NotFoundError} when the parent isn't in the caller's scope
   * @throws {ValidationError} on a field
   * @throws {ForbiddenError} for a gateway user, without the permission `gateway:write`
   * @throws {ConflictError} when a sibling has the name
   */
  create(by: Requester, input: AccountInput): Promise<AccountDetails>;
  /**
   * @throws {NotFoundError} when there is none of that id in the caller's scope
   * @throws {ValidationError} on a field
   * @throws {ForbiddenError} for a gateway user, without the permission `gateway:write`; for status,
   * limits and quota of the caller's own account, which are given from above
   * @throws {ConflictError} when a sibling has the name, or the root would be closed
   */
  update(by: Requester, id: string, change: AccountEdit): Promise<AccountDetails>;
}

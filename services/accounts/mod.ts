/**
 * Accounts: who owns what, and which of it a caller may see.
 * @module
 */
export {
  type GatewayCredentials,
  type GatewayUser,
  listGatewayUsers,
  type NewGatewayUser,
  resolveGatewayUser,
  saveGatewayUser,
} from "./gateway_users.ts";
export {
  type Account,
  ACCOUNT_KINDS,
  ACCOUNT_STATUSES,
  type AccountChange,
  accountChangeSchema,
  type AccountKind,
  type AccountLimits,
  accountLimitsSchema,
  type AccountSettings,
  accountSettingsSchema,
  type AccountStatus,
  CHILD_KINDS,
  type EffectiveAccount,
  type Language,
  LANGUAGES,
  type NewAccount,
  newAccountSchema,
} from "./model.ts";
export { parseInput } from "./parse.ts";
export {
  ALL_ACCOUNTS,
  inScope,
  intersect,
  NO_ACCOUNTS,
  requireInScope,
  type Role,
  ROLES,
  type Scope,
  scopeOf,
  scopeWhere,
} from "./scope.ts";
export { deriveKey, type SecretBox, secretBox } from "./secretbox.ts";
export {
  createAccount,
  ensureRoot,
  findEffectiveAccount,
  listAccounts,
  readAccount,
  updateAccount,
} from "./store.ts";

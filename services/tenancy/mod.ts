/**
 * Accounts as administrators manage them: the tree, and what each may use.
 * @module
 */
export { createAccounts } from "./accounts.ts";
export type { AccountDetails, AccountEdit, AccountInput, Accounts } from "./model.ts";

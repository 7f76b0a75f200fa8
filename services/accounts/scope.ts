/**
 * Which accounts a caller may see. Every store function over tenant data takes a `Scope`, so that
 * forgetting it is a type error and not a leak.
 * @module
 */
import type { Row, Rows, Sql, Statement, Tx } from "../db/mod.ts";
import { ForbiddenError } from "../errors/mod.ts";

/** The five roles of a user. */
export const ROLES = ["super_admin", "admin", "campaign_manager", "analyst", "client"] as const;
export type Role = typeof ROLES[number];

/** The accounts that a caller may see. `all` also sees what belongs to no account (unmatched MO). */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "accounts"; readonly ids: readonly string[] };

/** Everything: for workers and the command line, never for a request. */
export const ALL_ACCOUNTS: Scope = { kind: "all" };

/** Nothing. */
export const NO_ACCOUNTS: Scope = { kind: "accounts", ids: [] };

/**
 * The scope of a user: a super admin's is everything, a client's is the own account alone, any
 * other role's is the own account and all below it (which, for the root's staff, is everything).
 * An account that doesn't exist has none.
 */
export async function scopeOf(sql: Sql | Tx, accountId: string, role: Role): Promise<Scope> {
  if (role === "super_admin") return ALL_ACCOUNTS;
  const below = await sql<{ id: string; root: boolean }[]>`
    select id, parent_id is null as root from accounts
    where ${role === "client" ? sql`id = ${accountId}` : sql`path @> array[${accountId}::uuid]`}
    order by id
  `;
  if (role !== "client" && below.some((row) => row.root)) return ALL_ACCOUNTS;
  return { kind: "accounts", ids: below.map((row) => row.id) };
}

/** Whether what belongs to the account (or, with `null`, to none) is in the scope. */
export function inScope(scope: Scope, accountId: string | null): boolean {
  return scope.kind === "all" || (accountId !== null && scope.ids.includes(accountId));
}

/** @throws {ForbiddenError} when the account is outside the scope */
export function requireInScope(scope: Scope, accountId: string | null): void {
  if (!inScope(scope, accountId)) {
    throw new ForbiddenError("This account isn't one of yours; choose your own or one below it");
  }
}

/** The scope of both: what a caller's scope leaves of an asked-for one. */
export function intersect(left: Scope, right: Scope): Scope {
  if (left.kind === "all") return right;
  if (right.kind === "all") return left;
  const ids = new Set(right.ids);
  return { kind: "accounts", ids: left.ids.filter((id) => ids.has(id)) };
}

/**
 * The condition for a `where`: that `column` (such as `m.account_id`, written by us, never by a
 * caller) is in the scope. Rows of no account are in `all` only.
 *
 * @example
 * ```ts ignore
 * await sql`select * from messages m where ${scopeWhere(sql, scope, "m.account_id")}`;
 * ```
 */
export function scopeWhere(
  sql: Sql | Tx,
  scope: Scope,
  column = "account_id",
): Statement<Rows<Row[]>> {
  if (scope.kind === "all") return sql`true`;
  return sql`${sql(column)} = any(${[...scope.ids]}::uuid[])`;
}

/**
 * Accounts in PostgreSQL.
 * @module
 */
import { v7 } from "uuid";
import { isUniqueViolation, type Sql, type Tx } from "../db/mod.ts";
import { ConflictError, NotFoundError, ValidationError } from "../errors/mod.ts";
import {
  type Account,
  type AccountChange,
  accountChangeSchema,
  CHILD_KINDS,
  type EffectiveAccount,
  type NewAccount,
  newAccountSchema,
} from "./model.ts";
import { parseInput } from "./parse.ts";
import { inScope, type Scope, scopeWhere } from "./scope.ts";
import { effective } from "./tree.ts";

/** The root of the tree, made by the first caller; its name is only set then. */
export async function ensureRoot(sql: Sql | Tx, name = "Operator"): Promise<Account> {
  const id = v7();
  await sql`
    insert into accounts (id, parent_id, path, kind, name)
    values (${id}, null, array[${id}::uuid], 'root', ${name})
    on conflict do nothing
  `;
  const [root] = await select(sql, sql`parent_id is null`);
  if (root === undefined) throw new NotFoundError("There is no root account");
  return root;
}

/**
 * Creates an account under its parent. The caller writes the audit entry in the same transaction.
 *
 * @throws {NotFoundError} when the parent isn't in the scope
 * @throws {ValidationError} on a field: not well formed, or a kind that can't stand there
 * @throws {ConflictError} when a sibling has the name
 */
export async function createAccount(
  sql: Sql | Tx,
  scope: Scope,
  input: NewAccount,
): Promise<Account> {
  const account = parseInput(newAccountSchema, input);
  const parent = await readAccount(sql, scope, account.parentId);
  if (!CHILD_KINDS[parent.kind].includes(account.kind)) {
    throw new ValidationError(
      "kind",
      `A ${account.kind} can't stand under a ${parent.kind}; choose ${
        CHILD_KINDS[parent.kind].join(" or ")
      }`,
    );
  }
  await checkGatewayUser(sql, account.gatewayUserId);
  const id = v7();
  await refuseTwins(account.name, () =>
    sql`
      insert into accounts (id, parent_id, path, kind, name, settings, limits, gateway_user_id)
      values (${id}, ${parent.id}, ${[...parent.path, id]}::uuid[], ${account.kind},
        ${account.name}, ${sql.json(account.settings)}, ${sql.json(account.limits)},
        ${account.gatewayUserId})
    `);
  return await readAccount(sql, { kind: "all" }, id);
}

/** @throws {NotFoundError} when there is none of that id in the scope */
export async function readAccount(sql: Sql | Tx, scope: Scope, id: string): Promise<Account> {
  const [account] = await select(sql, sql`id = ${id} and ${scopeWhere(sql, scope, "id")}`);
  if (account === undefined) throw new NotFoundError("There is no such account");
  return account;
}

/** The accounts of the scope in the order of the tree: each before those below it. */
export async function listAccounts(sql: Sql | Tx, scope: Scope): Promise<Account[]> {
  return await select(sql, scopeWhere(sql, scope, "id"));
}

/**
 * What holds for an account once its ancestors are taken into account; `null` when there is none of
 * that id in the scope. The scope decides whether the account may be read; what it inherits comes
 * from above the scope.
 */
export async function findEffectiveAccount(
  sql: Sql | Tx,
  scope: Scope,
  id: string,
): Promise<EffectiveAccount | null> {
  if (!inScope(scope, id)) return null;
  const [root, ...below] = await select(
    sql,
    sql`id in (select unnest(path) from accounts where id = ${id})`,
  );
  return root === undefined ? null : effective([root, ...below]);
}

/**
 * Changes an account; `settings` and `limits` are replaced as a whole. The caller writes the audit
 * entry in the same transaction.
 *
 * @throws {NotFoundError} when there is none of that id in the scope
 * @throws {ValidationError} on a field
 * @throws {ConflictError} when a sibling has the name, or the root would be closed
 */
export async function updateAccount(
  sql: Sql | Tx,
  scope: Scope,
  id: string,
  input: AccountChange,
): Promise<Account> {
  const change = parseInput(accountChangeSchema, input);
  const before = await readAccount(sql, scope, id);
  if (before.kind === "root" && (change.status ?? "active") !== "active") {
    throw new ConflictError(
      "The root account stays active: everybody would be shut out; suspend an account below it",
    );
  }
  const { gatewayUserId, limits, settings } = change;
  await checkGatewayUser(sql, gatewayUserId ?? null);
  // Column by column in the database: what somebody else changes meanwhile isn't put back.
  await refuseTwins(change.name ?? before.name, () =>
    sql`
      update accounts set name = coalesce(${change.name ?? null}, name),
        status = coalesce(${change.status ?? null}, status),
        settings = ${settings === undefined ? sql`settings` : sql.json(settings)},
        limits = ${limits === undefined ? sql`limits` : sql.json(limits)},
        gateway_user_id = ${gatewayUserId === undefined ? sql`gateway_user_id` : gatewayUserId},
        updated_at = now()
      where id = ${id}
    `);
  return await readAccount(sql, scope, id);
}

async function select(
  sql: Sql | Tx,
  where: ReturnType<typeof scopeWhere>,
): Promise<Account[]> {
  // Ids are ordered by time, so a path sorts after that of its parent and before its next sibling.
  return await sql<Account[]>`
    select id, parent_id as "parentId", path, kind, name, status, settings, limits,
      gateway_user_id as "gatewayUserId", created_at as "createdAt", updated_at as "updatedAt"
    from accounts where ${where}
    order by path
  `;
}

async function checkGatewayUser(sql: Sql | Tx, id: string | null): Promise<void> {
  if (id === null) return;
  const [found] = await sql`select from gateway_users where id = ${id}`;
  if (found === undefined) {
    throw new ValidationError("gatewayUserId", "There is no such gateway user");
  }
}

async function refuseTwins(name: string, write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error, "accounts_name")) throw error;
    throw new ConflictError(`There is an account named ${name} beside it; choose another name`, {
      cause: error,
    });
  }
}

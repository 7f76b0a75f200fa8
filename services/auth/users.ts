/**
 * Users in PostgreSQL.
 * @module
 */
import { v7 } from "uuid";
import { z } from "zod";
import {
  type Language,
  LANGUAGES,
  parseInput,
  type Role,
  ROLES,
  type Scope,
  scopeWhere,
} from "../accounts/mod.ts";
import { isUniqueViolation, type Sql, type Tx } from "../db/mod.ts";
import { ConflictError, NotFoundError, ValidationError } from "../errors/mod.ts";
import type { PasswordHasher } from "./hasher.ts";
import { checkPassword, MIN_PASSWORD_LENGTH } from "./password.ts";

export const USER_STATUSES = ["active", "disabled"] as const;
export type UserStatus = typeof USER_STATUSES[number];

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

/** An address as it is compared and stored: nobody has two that differ in case only. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** A new user. */
export const newUserSchema = z.strictObject({
  accountId: z.uuid(),
  email: emailSchema,
  name: z.string().trim().min(1).max(120),
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES).default("en"),
  theme: z.enum(THEMES).default("system"),
  password: z.string(),
});
export type NewUser = z.input<typeof newUserSchema>;

/** What may change; a key left out stays as it is. */
export const userChangeSchema = z.strictObject({
  email: emailSchema,
  name: z.string().trim().min(1).max(120),
  role: z.enum(ROLES),
  status: z.enum(USER_STATUSES),
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
}).partial();
export type UserChange = z.input<typeof userChangeSchema>;

/** A user, without anything secret. */
export interface User {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly language: Language;
  readonly theme: Theme;
  /** Whether a code is asked for at sign-in. */
  readonly secondFactor: boolean;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a `User` is selected as, from `users`. */
export const USER_COLUMNS = `id, account_id as "accountId", email, name, role, status, language,
  theme, totp_enabled_at is not null as "secondFactor", last_login_at as "lastLoginAt",
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Whether anybody can sign in at all: no means that this is the first visit. */
export async function hasAnyUser(sql: Sql | Tx): Promise<boolean> {
  const [row] = await sql<{ any: boolean }[]>`select exists (select from users) as any`;
  return row?.any ?? false;
}

/**
 * Creates a user. The caller checks `grantableRoles` and the scope, and writes the audit entry in
 * the same transaction, afterwards: hashing takes 0.3 s, which nobody should hold a lock for.
 *
 * @param options.minPasswordLength below 8 is for demonstrations only
 * @throws {ValidationError} on a field
 * @throws {ConflictError} when the address is taken
 */
export async function createUser(
  sql: Sql | Tx,
  hasher: PasswordHasher,
  input: NewUser,
  options: { readonly minPasswordLength?: number } = {},
): Promise<User> {
  const user = parseInput(newUserSchema, input);
  checkPassword(user.password, { minLength: options.minPasswordLength ?? MIN_PASSWORD_LENGTH });
  await checkPlace(sql, user.accountId, user.role);
  const passwordHash = await hasher.hash(user.password);
  const id = v7();
  const created = await sql`
    insert into users (id, account_id, email, name, role, language, theme, password_hash)
    values (${id}, ${user.accountId}, ${user.email}, ${user.name}, ${user.role},
      ${user.language}, ${user.theme}, ${passwordHash})
    on conflict (lower(email)) do nothing
  `;
  if (created.count === 0) throw taken(user.email);
  return await readUser(sql, { kind: "all" }, id);
}

/** @throws {NotFoundError} when there is none of that id in the scope */
export async function readUser(sql: Sql | Tx, scope: Scope, id: string): Promise<User> {
  const [user] = await select(sql, scope, sql`and id = ${id}`);
  if (user === undefined) throw new NotFoundError("There is no such user");
  return user;
}

/** The user of an address, in any case; `undefined` when there is none in the scope. */
export async function findUser(
  sql: Sql | Tx,
  scope: Scope,
  email: string,
): Promise<User | undefined> {
  const [user] = await select(sql, scope, sql`and lower(email) = ${email.trim().toLowerCase()}`);
  return user;
}

/** All users of the scope, by address. */
export async function listUsers(sql: Sql | Tx, scope: Scope): Promise<User[]> {
  return await select(sql, scope, sql``);
}

/**
 * Changes a user. The caller checks `grantableRoles`; disabling takes effect within seconds, and
 * `Auth.revoke` makes it final for the user's sessions.
 *
 * @throws {NotFoundError} when there is none of that id in the scope
 * @throws {ValidationError} on a field
 * @throws {ConflictError} when the address is taken
 */
export async function updateUser(
  sql: Sql | Tx,
  scope: Scope,
  id: string,
  input: UserChange,
): Promise<User> {
  const change = parseInput(userChangeSchema, input);
  const before = await readUser(sql, scope, id);
  if (change.role !== undefined) await checkPlace(sql, before.accountId, change.role);
  try {
    // Column by column in the database: what somebody else changes meanwhile isn't put back.
    await sql`
      update users set email = coalesce(${change.email ?? null}, email),
        name = coalesce(${change.name ?? null}, name),
        role = coalesce(${change.role ?? null}, role),
        status = coalesce(${change.status ?? null}, status),
        language = coalesce(${change.language ?? null}, language),
        theme = coalesce(${change.theme ?? null}, theme),
        updated_at = now()
      where id = ${id}
    `;
  } catch (error) {
    if (isUniqueViolation(error, "users_email")) throw taken(change.email ?? before.email, error);
    throw error;
  }
  return await readUser(sql, scope, id);
}

/**
 * Gives a user another password. The caller revokes the other sessions (`Auth.revoke`).
 *
 * @throws {NotFoundError} when there is none of that id in the scope
 * @throws {ValidationError} on `password`
 */
export async function setPassword(
  sql: Sql | Tx,
  hasher: PasswordHasher,
  scope: Scope,
  id: string,
  password: string,
): Promise<void> {
  await readUser(sql, scope, id);
  checkPassword(password);
  const passwordHash = await hasher.hash(password);
  await sql`
    update users set password_hash = ${passwordHash}, password_changed_at = now(),
      updated_at = now()
    where id = ${id}
  `;
}

async function select(
  sql: Sql | Tx,
  scope: Scope,
  more: ReturnType<typeof scopeWhere>,
): Promise<User[]> {
  return await sql<User[]>`
    select ${sql.unsafe(USER_COLUMNS)}
    from users where ${scopeWhere(sql, scope)} ${more}
    order by email
  `;
}

/** A super admin's scope is everything, so only the root may have one. */
async function checkPlace(sql: Sql | Tx, accountId: string, role: Role): Promise<void> {
  const [account] = await sql<{ root: boolean }[]>`
    select parent_id is null as root from accounts where id = ${accountId}
  `;
  if (account === undefined) throw new ValidationError("accountId", "There is no such account");
  if (role === "super_admin" && !account.root) {
    throw new ValidationError(
      "role",
      "A super admin belongs to the root account; choose that account or the role admin",
    );
  }
}

function taken(email: string, cause?: unknown): ConflictError {
  return new ConflictError(`There is a user with the address ${email} already`, { cause });
}

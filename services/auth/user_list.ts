/**
 * Users page by page.
 * @module
 */
import { type Role, type Scope, scopeWhere } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { type User, USER_COLUMNS, type UserStatus } from "./users.ts";

/** Which users, by address; what is left out doesn't narrow. */
export interface UserFilter {
  /** Only those whose address sorts after this one: the last of the page before. */
  readonly after?: string;
  readonly accountId?: string;
  readonly role?: Role;
  readonly status?: UserStatus;
  /** Part of the address or the name, in any case. */
  readonly text?: string;
  readonly limit: number;
}

export async function listUserPage(sql: Sql, scope: Scope, filter: UserFilter): Promise<User[]> {
  const { accountId, after, limit, role, status, text } = filter;
  return await sql<User[]>`
    select ${sql.unsafe(USER_COLUMNS)}
    from users
    where ${scopeWhere(sql, scope)}
      ${after === undefined ? sql`` : sql`and lower(email) > ${after}`}
      ${accountId === undefined ? sql`` : sql`and account_id = ${accountId}`}
      ${role === undefined ? sql`` : sql`and role = ${role}`}
      ${status === undefined ? sql`` : sql`and status = ${status}`}
      ${
    text === undefined ? sql`` : sql`and strpos(lower(email || ' ' || name), lower(${text})) > 0`
  }
    order by lower(email)
    limit ${limit}
  `;
}

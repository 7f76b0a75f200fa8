/**
 * What signing in reads of a user, and writes back.
 * @module
 */
import type { Role } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import type { UserStatus } from "./users.ts";

/** A user as sign-in needs it; it stays within this folder. */
export interface Credentials {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly passwordHash: string;
  readonly accountClosed: boolean;
  /** Whether a code is asked for too. */
  readonly secondFactor: boolean;
}

/** @param email in lower case */
export async function findCredentials(sql: Sql, email: string): Promise<Credentials | undefined> {
  const [row] = await sql<Credentials[]>`
    select u.id, u.account_id as "accountId", u.email, u.role, u.status,
      u.password_hash as "passwordHash", u.totp_enabled_at is not null as "secondFactor",
      exists (
        select from accounts up where up.id = any(a.path) and up.status = 'closed'
      ) as "accountClosed"
    from users u join accounts a on a.id = u.account_id
    where lower(u.email) = ${email}
  `;
  return row;
}

/**
 * Notes the sign-in, if the user still is what was checked.
 * @param rehashed the same password at today's cost
 */
export async function recordLogin(
  tx: Tx,
  checked: Credentials,
  rehashed: string | undefined,
  now: Date,
): Promise<boolean> {
  const updated = await tx`
    update users set last_login_at = ${now},
      password_hash = ${rehashed ?? checked.passwordHash}
    where id = ${checked.id} and password_hash = ${checked.passwordHash} and status = 'active'
      and (totp_enabled_at is not null) = ${checked.secondFactor}
  `;
  return updated.count === 1;
}

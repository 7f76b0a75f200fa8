/**
 * What an API key says about its caller, as things are now.
 * @module
 */
import { type Language, type Role, type Scope, scopeOf } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { type Permission, PERMISSIONS } from "./permissions.ts";

/** The time within which the use of a key is written once, in minutes. */
const LAST_USE_MINUTES = 5;

/** A key with its user, both as they are now. */
export interface ApiKeyState {
  readonly keyId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly language: Language;
  readonly scope: Scope;
  readonly permissions: readonly Permission[];
  /** Whether it stands: not revoked, its user active, its account not closed. */
  readonly live: boolean;
  readonly expiresAt: Date | null;
}

type Row = Omit<ApiKeyState, "permissions" | "scope"> & {
  readonly scopes: readonly string[];
  readonly lastUsedAt: Date | null;
};

/** The key of a secret's digest, its use noted; `undefined` when there is none. */
export async function readApiKeyState(
  sql: Sql,
  hash: Uint8Array,
  now: Date,
): Promise<ApiKeyState | undefined> {
  const [row] = await sql<Row[]>`
    select k.id as "keyId", k.user_id as "userId", u.account_id as "accountId", u.role, u.language,
      k.scopes, k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
      k.revoked_at is null and u.status = 'active' and not exists (
        select from accounts up where up.id = any(a.path) and up.status = 'closed'
      ) as live
    from api_keys k
    join users u on u.id = k.user_id
    join accounts a on a.id = u.account_id
    where k.hash = ${hash}
  `;
  if (row === undefined) return undefined;
  const { lastUsedAt, scopes, ...state } = row;
  const stale = new Date(now.getTime() - LAST_USE_MINUTES * 60_000);
  const current = state.live && (state.expiresAt === null || state.expiresAt > now);
  if (current && (lastUsedAt === null || lastUsedAt < stale)) {
    await sql`
      update api_keys set last_used_at = ${now}
      where id = ${state.keyId} and (last_used_at is null or last_used_at < ${stale})
    `;
  }
  return {
    ...state,
    // One that this version doesn't know any more gives nothing.
    permissions: PERMISSIONS.filter((permission) => scopes.includes(permission)),
    scope: await scopeOf(sql, state.accountId, state.role),
  };
}

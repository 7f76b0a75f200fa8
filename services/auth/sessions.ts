/**
 * Sessions in PostgreSQL. A session is one sign-in, and the family of its refresh tokens.
 * @module
 */
import type { Language, Role } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { REFRESH_SECONDS } from "./refresh.ts";

/** A header may have kilobytes; a line in a list doesn't. */
const MAX_USER_AGENT = 300;

/** Why a session ended before its time. */
export type RevokeReason = "logout" | "reuse" | "user" | "admin" | "password" | "disabled";

/** A session as its user sees it. */
export interface Session {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** Address of the sign-in, where known. */
  readonly ip: string | null;
  /** Address of the last refresh, where known. */
  readonly lastIp: string | null;
  readonly userAgent: string | null;
}

/** What a request's session says about its caller now, not when the token was issued. */
export interface SessionState {
  readonly userId: string;
  readonly email: string;
  readonly accountId: string;
  readonly role: Role;
  readonly language: Language;
  /** Whether the session still stands: not revoked, its user active, its account not closed. */
  readonly live: boolean;
  readonly expiresAt: Date;
}

/** The state of a session; `undefined` when there is none of that id. */
export async function readSession(
  sql: Sql | Tx,
  sessionId: string,
): Promise<SessionState | undefined> {
  const [row] = await sql<SessionState[]>`
    select s.user_id as "userId", u.email, u.account_id as "accountId", u.role, u.language,
      s.expires_at as "expiresAt",
      s.revoked_at is null and u.status = 'active' and not exists (
        select from accounts up where up.id = any(a.path) and up.status = 'closed'
      ) as live
    from sessions s
    join users u on u.id = s.user_id
    join accounts a on a.id = u.account_id
    where s.id = ${sessionId}
  `;
  return row;
}

/** A new session, of a user who has just shown the password. */
export async function insertSession(
  tx: Tx,
  session: {
    readonly id: string;
    readonly userId: string;
    readonly ip: string | null;
    readonly userAgent: string | null;
    readonly now: Date;
  },
): Promise<void> {
  const { id, ip, now, userId } = session;
  await tx`
    insert into sessions (id, user_id, created_at, last_used_at, expires_at, ip, last_ip, user_agent)
    values (${id}, ${userId}, ${now}, ${now}, ${lastMoment(now)}, ${ip}, ${ip},
      ${session.userAgent?.slice(0, MAX_USER_AGENT) ?? null})
  `;
}

/** A session was refreshed: it stands for another `REFRESH_SECONDS`. */
export async function touchSession(
  tx: Tx,
  sessionId: string,
  ip: string | null,
  now: Date,
): Promise<void> {
  await tx`
    update sessions set last_used_at = ${now}, expires_at = ${lastMoment(now)},
      last_ip = coalesce(${ip}, last_ip)
    where id = ${sessionId}
  `;
}

/** Drops sessions that nobody can use any more, with their tokens; the scheduler calls it. */
export async function pruneSessions(sql: Sql | Tx, now: Date): Promise<number> {
  const dropped = await sql`delete from sessions where expires_at < ${now}`;
  return dropped.count;
}

/** The user's sessions that still stand, the last used first. */
export async function listSessions(
  sql: Sql | Tx,
  userId: string,
  now: Date,
): Promise<Session[]> {
  return await sql<Session[]>`
    select id, created_at as "createdAt", last_used_at as "lastUsedAt",
      expires_at as "expiresAt", ip, last_ip as "lastIp", user_agent as "userAgent"
    from sessions
    where user_id = ${userId} and revoked_at is null and expires_at > ${now}
    order by last_used_at desc, id desc
  `;
}

/** Which sessions to revoke. */
export interface RevokeFilter {
  readonly userId?: string;
  readonly sessionId?: string;
  /** The one that goes on: the caller's own, when the caller changes the password. */
  readonly exceptSessionId?: string;
}

/**
 * Ends sessions at once for refreshing, and within the cache's few seconds for access tokens.
 * @returns the ids of those that this call ended
 */
export async function revokeSessions(
  sql: Sql | Tx,
  filter: RevokeFilter,
  reason: RevokeReason,
  now: Date,
): Promise<string[]> {
  // Without either, `where` would be true for every session of the installation.
  if (filter.userId === undefined && filter.sessionId === undefined) return [];
  const rows = await sql<{ id: string }[]>`
    update sessions set revoked_at = ${now}, revoke_reason = ${reason}
    where revoked_at is null
      ${filter.userId === undefined ? sql`` : sql`and user_id = ${filter.userId}`}
      ${filter.sessionId === undefined ? sql`` : sql`and id = ${filter.sessionId}`}
      ${filter.exceptSessionId === undefined ? sql`` : sql`and id <> ${filter.exceptSessionId}`}
    returning id
  `;
  return rows.map((row) => row.id);
}

function lastMoment(now: Date): Date {
  return new Date(now.getTime() + REFRESH_SECONDS * 1000);
}

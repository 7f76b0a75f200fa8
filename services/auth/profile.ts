/**
 * What users see and change of themselves.
 * @module
 */
import { type Account, ALL_ACCOUNTS, readAccount } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { NotFoundError, ValidationError } from "../errors/mod.ts";
import { actorOf } from "./actor.ts";
import type { Auth } from "./auth.ts";
import { changedParts } from "./changes.ts";
import { checkOwnPassword } from "./own_password.ts";
import { checkPassword } from "./password.ts";
import { type Permission, permissionsOf } from "./permissions.ts";
import type { Principal, Requester, UserPrincipal } from "./principal.ts";
import { revokeSessions, type Session } from "./sessions.ts";
import { readUser, setPassword, updateUser, type User, type UserChange } from "./users.ts";

/** A person, about the own things. */
type Owner = Requester & { readonly principal: UserPrincipal };

/** Who the caller is. */
export interface Profile {
  readonly user: User;
  readonly account: Pick<Account, "id" | "kind" | "name">;
  /** What the caller may do, as role, accounts and, for an API key, its scopes say. */
  readonly permissions: readonly Permission[];
}

export interface Profiles {
  read(principal: Principal): Promise<Profile>;
  /** @throws {ValidationError} on a field */
  update(by: Owner, change: Pick<UserChange, "name" | "language" | "theme">): Promise<Profile>;
  /**
   * Changes the own password and ends all other sessions.
   * @throws {ValidationError} on `currentPassword` or `newPassword`
   * @throws {RateLimitedError} too many wrong ones
   */
  changePassword(
    by: Owner,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<void>;
  /** Those that stand, the last used first. */
  sessions(principal: UserPrincipal): Promise<(Session & { readonly current: boolean })[]>;
  /** @throws {NotFoundError} when there is no such session of the caller's that stands */
  endSession(by: Owner, sessionId: string): Promise<void>;
  /** Signs out everywhere, or everywhere else; returns how many sessions ended. */
  endSessions(by: Owner, options: { readonly keepCurrent: boolean }): Promise<number>;
}

export function createProfiles(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "forget" | "hasher" | "sessions">;
  readonly clock?: () => Date;
}): Profiles {
  const { auth, clock = () => new Date(), sql } = options;

  async function read(from: Sql | Tx, principal: Principal): Promise<Profile> {
    const user = await readUser(from, ALL_ACCOUNTS, principal.userId);
    const { id, kind, name } = await readAccount(from, ALL_ACCOUNTS, user.accountId);
    return { account: { id, kind, name }, permissions: permissionsOf(principal), user };
  }

  /** Ends sessions with one entry about them, and honours them no more in this process. */
  async function end(
    by: Owner,
    which: { readonly sessionId?: string; readonly exceptSessionId?: string },
    action: string,
  ): Promise<number> {
    const { accountId, userId } = by.principal;
    const ended = await sql.begin(async (tx) => {
      const ids = await revokeSessions(tx, { userId, ...which }, "user", clock());
      if (ids.length === 0) return ids;
      await append(tx, {
        accountId,
        action,
        actor: await actorOf(tx, by),
        after: { ended: ids.length },
        at: clock(),
        subject: { id: which.sessionId ?? null, type: "session" },
      });
      return ids;
    });
    auth.forget({ sessionIds: ended });
    return ended.length;
  }

  return {
    read: (principal) => read(sql, principal),

    async update(by, { language, name, theme }) {
      const { accountId, sessionId, userId } = by.principal;
      const profile = await sql.begin(async (tx) => {
        const before = await readUser(tx, ALL_ACCOUNTS, userId);
        const after = await updateUser(tx, ALL_ACCOUNTS, userId, {
          ...(language === undefined ? {} : { language }),
          ...(name === undefined ? {} : { name }),
          ...(theme === undefined ? {} : { theme }),
        });
        await append(tx, {
          accountId,
          action: "user.update",
          actor: await actorOf(tx, by),
          at: clock(),
          subject: { id: userId, type: "user" },
          ...changedParts(before, after, ["language", "name", "theme"]),
        });
        return await read(tx, by.principal);
      });
      // What is remembered of the session has the former language.
      auth.forget({ sessionIds: [sessionId] });
      return profile;
    },

    async changePassword(by, { current, next }) {
      const { accountId, sessionId, userId } = by.principal;
      checkPassword(next, { field: "newPassword" });
      if (next === current) {
        throw new ValidationError("newPassword", "Is the present one; choose another");
      }
      const known = await checkOwnPassword(
        { hasher: auth.hasher, sql },
        { field: "currentPassword", password: current, userId },
        clock(),
      );
      const ended = await sql.begin(async (tx) => {
        await setPassword(tx, auth.hasher, ALL_ACCOUNTS, userId, next);
        await known.right(tx);
        const except = { exceptSessionId: sessionId, userId };
        const ids = await revokeSessions(tx, except, "password", clock());
        await append(tx, {
          accountId,
          action: "user.password_change",
          actor: await actorOf(tx, by),
          after: { ended_sessions: ids.length },
          at: clock(),
          subject: { id: userId, type: "user" },
        });
        return ids;
      });
      auth.forget({ sessionIds: ended });
    },

    async sessions({ sessionId, userId }) {
      const standing = await auth.sessions(userId);
      return standing.map((each) => ({ ...each, current: each.id === sessionId }));
    },

    async endSession(by, sessionId) {
      if (await end(by, { sessionId }, "session.revoke") === 0) {
        throw new NotFoundError("There is no such session");
      }
    },

    async endSessions(by, { keepCurrent }) {
      const except = keepCurrent ? { exceptSessionId: by.principal.sessionId } : {};
      return await end(by, except, "session.revoke_all");
    },
  };
}

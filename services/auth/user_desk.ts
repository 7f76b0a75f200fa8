/**
 * Users as administrators manage them: within their accounts, and never above their own role.
 * @module
 */
import { inScope, type Role } from "../accounts/mod.ts";
import { type Actor, append } from "../audit/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ConflictError, ForbiddenError, ValidationError } from "../errors/mod.ts";
import { actorOf } from "./actor.ts";
import type { Auth } from "./auth.ts";
import { changedParts } from "./changes.ts";
import { grantableRoles } from "./permissions.ts";
import type { Principal, Requester } from "./principal.ts";
import { dropSecondFactor } from "./second_factor.ts";
import { revokeSessions } from "./sessions.ts";
import { listUserPage, type UserFilter } from "./user_list.ts";
import {
  createUser,
  type NewUser,
  readUser,
  setPassword,
  updateUser,
  type User,
  type UserChange,
} from "./users.ts";

/** Each change writes its audit entry in its own transaction. */
export interface Users {
  /** Those of the caller's accounts, by address. */
  list(principal: Principal, filter: UserFilter): Promise<User[]>;
  /** @throws {NotFoundError} when there is none of that id in the caller's accounts */
  read(principal: Principal, id: string): Promise<User>;
  /**
   * @throws {ValidationError} on a field
   * @throws {ForbiddenError} when the caller may not give that role
   * @throws {ConflictError} when the address is taken
   */
  create(by: Requester, input: NewUser): Promise<User>;
  /**
   * Disabling ends the user's sessions, and API keys rest while it lasts.
   * @throws {NotFoundError} when there is none of that id in the caller's accounts
   * @throws {ValidationError} on a field
   * @throws {ForbiddenError} when the user or the new role is above the caller, or a caller changes
   * the own role or status
   * @throws {ConflictError} when the address is taken, or no active super admin would be left
   */
  update(by: Requester, id: string, change: UserChange): Promise<User>;
  /**
   * Gives another user a password and ends that user's sessions.
   * @throws {NotFoundError} when there is none of that id in the caller's accounts
   * @throws {ValidationError} on `password`
   * @throws {ForbiddenError} when the user is above the caller, or is the caller
   */
  setPassword(by: Requester, id: string, password: string): Promise<void>;
  /**
   * Takes another user's second factor away, for who has lost device and codes.
   * @throws {NotFoundError} when there is none of that id in the caller's accounts
   * @throws {ForbiddenError} when the user is above the caller, or is the caller
   */
  resetSecondFactor(by: Requester, id: string): Promise<void>;
}

const AUDITED = ["email", "language", "name", "role", "status", "theme"] as const;

export function createUsers(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "forget" | "hasher">;
  readonly clock?: () => Date;
}): Users {
  const { auth, clock = () => new Date(), sql } = options;

  async function record(
    tx: Tx,
    actor: Actor,
    user: User,
    action: string,
    what: { readonly before?: unknown; readonly after?: unknown } = {},
  ): Promise<void> {
    await append(tx, {
      accountId: user.accountId,
      action: `user.${action}`,
      actor,
      at: clock(),
      subject: { id: user.id, type: "user" },
      ...what,
    });
  }

  return {
    list: ({ scope }, filter) => listUserPage(sql, scope, filter),

    read: ({ scope }, id) => readUser(sql, scope, id),

    async create(by, input) {
      requireGrantable(by.principal, input.role);
      // In the words for one that doesn't exist: whose it is, is nobody else's business.
      if (!inScope(by.principal.scope, input.accountId)) {
        throw new ValidationError("accountId", "There is no such account");
      }
      return await sql.begin(async (tx) => {
        const actor = await actorOf(tx, by);
        const user = await createUser(tx, auth.hasher, input);
        const { email, language, name, role, theme } = user;
        const after = { email, language, name, role, theme };
        await record(tx, actor, user, "create", { after });
        return user;
      });
    },

    async update(by, id, change) {
      const { principal } = by;
      const { ended, user } = await sql.begin(async (tx) => {
        await lockWithSuperAdmins(tx, id);
        const before = await readUser(tx, principal.scope, id);
        requireGrantable(principal, before.role);
        if (change.role !== undefined) requireGrantable(principal, change.role);
        requireNotOwn(principal, before, change);
        const user = await updateUser(tx, principal.scope, id, change);
        if (isActiveSuperAdmin(before) && !isActiveSuperAdmin(user)) await requireAnother(tx);
        const ended = user.status === "disabled" && before.status === "active"
          ? await revokeSessions(tx, { userId: id }, "disabled", clock())
          : [];
        await record(
          tx,
          await actorOf(tx, by),
          user,
          "update",
          changedParts(before, user, AUDITED),
        );
        return { ended, user };
      });
      auth.forget({ sessionIds: ended });
      return user;
    },

    async setPassword(by, id, password) {
      const { principal } = by;
      if (id === principal.userId) {
        throw new ForbiddenError("Change your own password in your profile, by the present one");
      }
      const ended = await sql.begin(async (tx) => {
        const user = await readUser(tx, principal.scope, id);
        requireGrantable(principal, user.role);
        await setPassword(tx, auth.hasher, principal.scope, id, password);
        const ids = await revokeSessions(tx, { userId: id }, "password", clock());
        const after = { ended_sessions: ids.length };
        await record(tx, await actorOf(tx, by), user, "password_set", { after });
        return ids;
      });
      auth.forget({ sessionIds: ended });
    },

    async resetSecondFactor(by, id) {
      const { principal } = by;
      if (id === principal.userId) {
        throw new ForbiddenError("Disable your own second factor in your profile, by a code");
      }
      await sql.begin(async (tx) => {
        const user = await readUser(tx, principal.scope, id);
        requireGrantable(principal, user.role);
        await dropSecondFactor(tx, id);
        await record(tx, await actorOf(tx, by), user, "second_factor_reset");
      });
    },
  };
}

function requireGrantable(principal: Principal, role: Role): void {
  if (grantableRoles(principal.role).includes(role)) return;
  throw new ForbiddenError(
    `The role ${role} is above yours: you may neither give it nor change who has it`,
  );
}

/** Who takes the own rights away finds out too late; somebody else can do it. */
function requireNotOwn(principal: Principal, before: User, change: UserChange): void {
  if (before.id !== principal.userId) return;
  const role = change.role !== undefined && change.role !== before.role;
  const status = change.status !== undefined && change.status !== before.status;
  if (role || status) {
    throw new ForbiddenError("Your own role and status are for another administrator to change");
  }
}

function isActiveSuperAdmin({ role, status }: User): boolean {
  return role === "super_admin" && status === "active";
}

/**
 * Two super admins who disable each other at once must not both succeed: each change holds the rows
 * of all of them, in one order. Key-share locks (new sessions of theirs) aren't kept waiting.
 */
async function lockWithSuperAdmins(tx: Tx, id: string): Promise<void> {
  await tx`
    select from users where id = ${id} or role = 'super_admin' order by id for no key update
  `;
}

async function requireAnother(tx: Tx): Promise<void> {
  const [row] = await tx<{ any: boolean }[]>`
    select exists (select from users where role = 'super_admin' and status = 'active') as any
  `;
  if (row?.any !== true) {
    throw new ConflictError("This is the last active super admin; make another one first");
  }
}

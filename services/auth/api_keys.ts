/**
 * API keys as their users and administrators manage them.
 * @module
 */
import { v7 } from "uuid";
import { z } from "zod";
import { parseInput, type Scope, scopeWhere } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ForbiddenError, NotFoundError, ValidationError } from "../errors/mod.ts";
import { actorOf } from "./actor.ts";
import { newApiKeySecret } from "./api_key_secret.ts";
import type { Auth } from "./auth.ts";
import { can, grantableRoles, type Permission, PERMISSIONS } from "./permissions.ts";
import type { Principal, Requester } from "./principal.ts";

/** A new key. */
export const newApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
  expiresAt: z.date().nullable().default(null),
});
export type NewApiKey = z.input<typeof newApiKeySchema>;

/** A key, without its secret. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userEmail: string;
  readonly name: string;
  /** How its secret begins. */
  readonly prefix: string;
  readonly scopes: readonly Permission[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To some minutes. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Which keys, of those that the caller may see; the newest first. */
export interface ApiKeyFilter {
  readonly userId?: string;
  /** Only those made before this one: the last id of the page before. */
  readonly before?: string;
  readonly limit: number;
}

export interface ApiKeys {
  /** All keys of the caller's accounts for who may read users; one's own for others. */
  list(principal: Principal, filter: ApiKeyFilter): Promise<ApiKey[]>;
  /** @throws {NotFoundError} when there is none of that id that the caller may see */
  read(principal: Principal, id: string): Promise<ApiKey>;
  /**
   * A key that acts for the caller.
   * @returns the key and its secret, which is nowhere else
   * @throws {ValidationError} on a field: a scope that the caller hasn't, an expiry that is past
   * @throws {ForbiddenError} when the caller is a key itself: it would outlive its own end
   */
  create(by: Requester, input: NewApiKey): Promise<{ key: ApiKey; secret: string }>;
  /**
   * Ends a key for good; one that is revoked stays so.
   * @throws {NotFoundError} when there is none of that id that the caller may see
   * @throws {ForbiddenError} when its user is above the caller
   */
  revoke(by: Requester, id: string): Promise<void>;
}

export function createApiKeys(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "forget">;
  readonly clock?: () => Date;
}): ApiKeys {
  const { auth, clock = () => new Date(), sql } = options;
  return {
    async list(principal, filter) {
      return await select(sql, visibleTo(principal), filter);
    },

    async read(principal, id) {
      return await readOne(sql, principal, id);
    },

    async create(by, input) {
      const { principal } = by;
      if (principal.kind === "api-key") {
        throw new ForbiddenError("An API key can't make another one; sign in to make it");
      }
      const { expiresAt, name, scopes } = checked(principal, input, clock());
      const { hash, secret, shown } = newApiKeySecret();
      const id = v7();
      const key = await sql.begin(async (tx) => {
        const actor = await actorOf(tx, by);
        await tx`
          insert into api_keys
            (id, account_id, user_id, name, prefix, hash, scopes, created_at, expires_at)
          values (${id}, ${principal.accountId}, ${principal.userId}, ${name}, ${shown}, ${hash},
            ${scopes}, ${clock()}, ${expiresAt})
        `;
        const made = await readOne(tx, principal, id);
        await append(tx, {
          accountId: made.accountId,
          action: "api_key.create",
          actor,
          after: { expires_at: expiresAt, name, prefix: shown, scopes },
          at: clock(),
          subject: { id, type: "api_key" },
        });
        return made;
      });
      return { key, secret };
    },

    async revoke(by, id) {
      const hash = await sql.begin(async (tx) => {
        const key = await readOne(tx, by.principal, id);
        await requireMayRevoke(tx, by.principal, key);
        const [revoked] = await tx<{ hash: Uint8Array }[]>`
          update api_keys set revoked_at = ${clock()} where id = ${id} and revoked_at is null
          returning hash
        `;
        if (revoked === undefined) return undefined;
        await append(tx, {
          accountId: key.accountId,
          action: "api_key.revoke",
          actor: await actorOf(tx, by),
          at: clock(),
          before: { name: key.name, prefix: key.prefix, user_id: key.userId },
          subject: { id, type: "api_key" },
        });
        return revoked.hash;
      });
      if (hash !== undefined) auth.forget({ keyHash: hash });
    },
  };
}

function checked(principal: Principal, input: NewApiKey, now: Date) {
  const key = parseInput(newApiKeySchema, input);
  const beyond = key.scopes.findIndex((scope) => !can(principal, scope));
  if (beyond !== -1) {
    throw new ValidationError(
      `scopes.${beyond}`,
      `You may not do this yourself (${key.scopes[beyond]}); leave it out`,
    );
  }
  if (key.expiresAt !== null && key.expiresAt <= now) {
    throw new ValidationError("expiresAt", "Is past; give a moment to come, or none");
  }
  return { ...key, scopes: PERMISSIONS.filter((scope) => key.scopes.includes(scope)) };
}

interface Visible {
  readonly scope: Scope;
  readonly userId: string | undefined;
}

function visibleTo(principal: Principal): Visible {
  const all = can(principal, "users:read");
  return { scope: principal.scope, userId: all ? undefined : principal.userId };
}

async function readOne(sql: Sql | Tx, principal: Principal, id: string): Promise<ApiKey> {
  const [key] = await select(sql, visibleTo(principal), { id, limit: 1 });
  if (key === undefined) throw new NotFoundError("There is no such API key");
  return key;
}

async function requireMayRevoke(tx: Tx, principal: Principal, key: ApiKey): Promise<void> {
  if (key.userId === principal.userId) return;
  const [user] = await tx<{ allowed: boolean }[]>`
    select role = any(${[...grantableRoles(principal.role)]}) as allowed
    from users where id = ${key.userId}
  `;
  if (user?.allowed !== true) {
    throw new ForbiddenError("The user of this API key is above you; ask a super admin");
  }
}

async function select(
  sql: Sql | Tx,
  { scope, userId: only }: Visible,
  filter: ApiKeyFilter & { readonly id?: string },
): Promise<ApiKey[]> {
  const { before, id, limit, userId } = filter;
  return await sql<ApiKey[]>`
    select k.id, k.account_id as "accountId", k.user_id as "userId", u.email as "userEmail",
      k.name, k.prefix, k.scopes, k.created_at as "createdAt", k.expires_at as "expiresAt",
      k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt"
    from api_keys k join users u on u.id = k.user_id
    where ${scopeWhere(sql, scope, "k.account_id")}
      ${only === undefined ? sql`` : sql`and k.user_id = ${only}`}
      ${userId === undefined ? sql`` : sql`and k.user_id = ${userId}`}
      ${before === undefined ? sql`` : sql`and k.id < ${before}`}
      ${id === undefined ? sql`` : sql`and k.id = ${id}`}
    order by k.id desc
    limit ${limit}
  `;
}

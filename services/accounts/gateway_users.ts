/**
 * The gateway's users in whose names accounts send.
 * @module
 */
import { v7 } from "uuid";
import { isUniqueViolation, type Sql, type Tx } from "../db/mod.ts";
import { ConflictError, ValidationError } from "../errors/mod.ts";
import type { SecretBox } from "./secretbox.ts";

/** A gateway user, without its password. */
export interface GatewayUser {
  readonly id: string;
  readonly gateway: string;
  readonly uid: string;
  readonly username: string;
  readonly createdAt: Date;
}

/** What sending takes. The password is for the gateway's ears only. */
export interface GatewayCredentials {
  readonly id: string;
  readonly gateway: string;
  readonly uid: string;
  readonly username: string;
  readonly password: string;
}

/** A gateway user that exists on the gateway already, and its password. */
export interface NewGatewayUser {
  /** @default "main" */
  readonly gateway?: string;
  readonly uid: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Keeps a gateway user and its password, sealed; one of the same uid is given these values.
 *
 * @throws {ValidationError} on an empty field
 * @throws {ConflictError} when another uid has the username
 */
export async function saveGatewayUser(
  sql: Sql | Tx,
  box: SecretBox,
  user: NewGatewayUser,
): Promise<GatewayUser> {
  for (const field of ["uid", "username", "password"] as const) {
    if (user[field] === "") throw new ValidationError(field, "Is empty; give it a value");
  }
  const gateway = user.gateway ?? "main";
  const sealed = await box.seal(user.password, contextOf(gateway, user.uid));
  try {
    const [saved] = await sql<GatewayUser[]>`
      insert into gateway_users (id, gateway, uid, username, password_encrypted)
      values (${v7()}, ${gateway}, ${user.uid}, ${user.username}, ${sealed})
      on conflict (gateway, uid) do update
        set username = excluded.username, password_encrypted = excluded.password_encrypted
      returning id, gateway, uid, username, created_at as "createdAt"
    `;
    if (saved === undefined) throw new Error("insert returned no row");
    return saved;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError(
      `Another user of the gateway has the username ${user.username} already`,
      { cause: error },
    );
  }
}

/** The gateway users that are kept. */
export async function listGatewayUsers(sql: Sql | Tx): Promise<GatewayUser[]> {
  return await sql<GatewayUser[]>`
    select id, gateway, uid, username, created_at as "createdAt"
    from gateway_users order by gateway, uid
  `;
}

/**
 * The gateway user that the account sends as: its own, or the nearest one above it.
 *
 * @returns `undefined` when there is none all the way up, or no such account
 * @throws {UnavailableError} when the password was sealed under another SECRET_KEY
 */
export async function resolveGatewayUser(
  sql: Sql | Tx,
  box: SecretBox,
  accountId: string,
): Promise<GatewayCredentials | undefined> {
  const [row] = await sql<
    { id: string; gateway: string; uid: string; username: string; sealed: Uint8Array }[]
  >`
    select g.id, g.gateway, g.uid, g.username, g.password_encrypted as sealed
    from accounts own
    join accounts up on up.id = any(own.path)
    join gateway_users g on g.id = up.gateway_user_id
    where own.id = ${accountId}
    order by cardinality(up.path) desc
    limit 1
  `;
  if (row === undefined) return undefined;
  const { id, gateway, sealed, uid, username } = row;
  return { gateway, id, password: await box.open(sealed, contextOf(gateway, uid)), uid, username };
}

function contextOf(gateway: string, uid: string): string {
  return JSON.stringify(["gateway_users", gateway, uid]);
}

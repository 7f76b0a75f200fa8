/**
 * Callers as the audit log names them.
 * @module
 */
import type { Actor } from "../audit/mod.ts";
import type { Tx } from "../db/mod.ts";
import { NotFoundError } from "../errors/mod.ts";
import type { Requester } from "./principal.ts";

/**
 * The actor of an audit entry: the user, by address, and the API key that acts for it.
 * @throws {NotFoundError} when the user is gone
 */
export async function actorOf(tx: Tx, { principal, ip }: Requester): Promise<Actor> {
  const [user] = await tx<{ email: string; prefix: string | null }[]>`
    select u.email, k.prefix
    from users u
    left join api_keys k on k.id = ${principal.kind === "api-key" ? principal.keyId : null}
    where u.id = ${principal.userId}
  `;
  if (user === undefined) throw new NotFoundError("There is no such user");
  const { email, prefix } = user;
  return {
    id: principal.userId,
    ip,
    label: prefix === null ? email : `${email} by API key ${prefix}…`,
  };
}

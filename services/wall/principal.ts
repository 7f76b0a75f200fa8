/**
 * A display as a caller: it reads what an analyst of its account reads of figures, connectors and
 * alerts, and nothing else.
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import { type Scope, scopeOf } from "../accounts/mod.ts";
import type { Permission, Subject } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import type { WallDisplay } from "./model.ts";
import { findByHash } from "./store.ts";
import { hashWallToken, looksLikeWallToken } from "./token.ts";

/** Everything that a display may do. */
export const WALL_PERMISSIONS = [
  "alerts:read",
  "connectors:read",
  "metrics:read",
] as const satisfies readonly Permission[];

/** A display that shows itself by its token; a `Subject` for whatever asks for one. */
export interface WallPrincipal extends Subject {
  readonly kind: "wall";
  readonly display: WallDisplay;
  readonly accountId: string;
  readonly role: "analyst";
  readonly scope: Scope;
  readonly permissions: typeof WALL_PERMISSIONS;
}

/**
 * The display of a token, as things are now.
 * @throws {UnauthenticatedError} when there is none, or it was revoked or has expired
 */
export async function authenticateWall(
  sql: Sql,
  token: string,
  now: Date = new Date(),
): Promise<WallPrincipal> {
  const hash = looksLikeWallToken(token) ? hashWallToken(token) : undefined;
  const found = hash === undefined ? null : await findByHash(sql, hash);
  // The index found it by its digest; comparing again costs the same wherever two digests differ.
  if (hash === undefined || found === null || !timingSafeEqual(found.hash, hash)) {
    throw new UnauthenticatedError("There is no wall display at this address; ask for a new one");
  }
  const { display, accountClosed } = found;
  if (display.revokedAt !== null || accountClosed) {
    throw new UnauthenticatedError("This wall display was revoked; ask for a new address");
  }
  if (display.expiresAt !== null && display.expiresAt <= now) {
    throw new UnauthenticatedError("This wall display has expired; ask for a new address");
  }
  const { accountId } = display;
  return {
    kind: "wall",
    display,
    accountId,
    role: "analyst",
    scope: await scopeOf(sql, accountId, "analyst"),
    permissions: WALL_PERMISSIONS,
  };
}

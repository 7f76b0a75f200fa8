/**
 * Wall displays as routes and pages call them.
 * @module
 */
import { v7 } from "uuid";
import type { Scope } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import { actorOf, type Requester } from "../auth/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { NotFoundError, ValidationError } from "../errors/mod.ts";
import type { Logger } from "../log/mod.ts";
import { WallGuard, type Watched } from "./guard.ts";
import { type NewWall, newWallSchema, type WallChange, type WallDisplay } from "./model.ts";
import { authenticateWall, type WallPrincipal } from "./principal.ts";
import { insertDisplay, listDisplays, lockDisplay, revokeDisplay, updateDisplay } from "./store.ts";
import { newWallToken } from "./token.ts";

export interface Walls {
  /**
   * Makes a display of the caller's account. Its token is told this once.
   * @throws {ValidationError} when it would expire in the past
   */
  create(
    input: NewWall,
    requester: Requester,
  ): Promise<{ readonly display: WallDisplay; readonly token: string }>;
  /** Those that stand first, newest first; 500 at most. */
  list(scope: Scope): Promise<readonly WallDisplay[]>;
  /** @throws {NotFoundError} when the caller has no such display, or it was revoked */
  update(
    scope: Scope,
    id: string,
    change: WallChange,
    requester: Requester,
  ): Promise<WallDisplay>;
  /**
   * Ends it for good: its address is refused at once, its open streams end within 5 s. One that
   * was revoked before stays so.
   * @throws {NotFoundError} when the caller has no such display
   */
  revoke(scope: Scope, id: string, requester: Requester): Promise<void>;
  /** @throws {UnauthenticatedError} when no display has this token, or it was revoked or expired */
  authenticate(token: string): Promise<WallPrincipal>;
  /** Watches over an open stream: its signal aborts when the display is revoked. */
  watch(displayId: string): Watched;
  /** Stops watching. */
  close(): Promise<void>;
}

/** What the audit log is told of a display. */
function facts({ name, panels, theme, expiresAt }: WallDisplay) {
  return { name, panels: [...panels], theme, expires_at: expiresAt?.toISOString() ?? null };
}

export function createWalls(
  { sql, log, guardMs }: { readonly sql: Sql; readonly log: Logger; readonly guardMs?: number },
): Walls {
  const guard = new WallGuard(sql, log, guardMs);

  async function note(
    tx: Tx,
    requester: Requester,
    verb: "create" | "revoke" | "update",
    display: WallDisplay,
    change: { readonly before?: unknown; readonly after?: unknown },
  ): Promise<void> {
    await append(tx, {
      actor: await actorOf(tx, requester),
      accountId: display.accountId,
      action: `wall.${verb}`,
      subject: { type: "wall-display", id: display.id },
      ...change,
    });
  }

  async function locked(tx: Tx, scope: Scope, id: string): Promise<WallDisplay> {
    const display = await lockDisplay(tx, scope, id);
    if (display === null) throw new NotFoundError(`There is no wall display ${id}`);
    return display;
  }

  return {
    async create(input, requester) {
      const { name, panels, theme, expires_at } = newWallSchema.parse(input);
      const now = new Date();
      const expiresAt = expires_at === null ? null : new Date(expires_at);
      if (expiresAt !== null && expiresAt <= now) {
        throw new ValidationError("expires_at", `${expires_at} is past; choose a later moment`);
      }
      const { token, hash } = newWallToken();
      const { accountId, userId } = requester.principal;
      const display = await sql.begin(async (tx) => {
        const [made] = await insertDisplay(tx, {
          id: v7(),
          accountId,
          name,
          hash,
          panels,
          theme,
          createdAt: now,
          createdBy: userId,
          expiresAt,
        });
        if (made === undefined) throw new Error("The insert returned no row");
        await note(tx, requester, "create", made, { after: facts(made) });
        return made;
      });
      return { display, token };
    },
    list: (scope) => listDisplays(sql, scope),
    update: (scope, id, change, requester) =>
      sql.begin(async (tx) => {
        const before = await locked(tx, scope, id);
        if (before.revokedAt !== null) {
          throw new NotFoundError("The wall display was revoked; make a new one");
        }
        const [after = before] = await updateDisplay(tx, before, change);
        await note(tx, requester, "update", after, { before: facts(before), after: facts(after) });
        return after;
      }),
    revoke: (scope, id, requester) =>
      sql.begin(async (tx) => {
        const before = await locked(tx, scope, id);
        if (before.revokedAt !== null) return;
        await revokeDisplay(tx, id, new Date());
        await note(tx, requester, "revoke", before, { before: facts(before) });
      }),
    authenticate: (token) => authenticateWall(sql, token),
    watch: (displayId) => guard.watch(displayId),
    close: () => guard.stop(),
  };
}

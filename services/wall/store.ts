/**
 * Displays in PostgreSQL.
 * @module
 */
import { type Scope, scopeWhere } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import type { WallChange, WallDisplay, WallPanel, WallTheme } from "./model.ts";

const COLUMNS = (sql: Sql | Tx) =>
  sql`id, account_id as "accountId", name, panels, theme, created_at as "createdAt",
    created_by as "createdBy", expires_at as "expiresAt", revoked_at as "revokedAt",
    last_seen_at as "lastSeenAt"`;

/** The row of a new display. */
export interface NewDisplay {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly hash: Uint8Array;
  readonly panels: readonly WallPanel[];
  readonly theme: WallTheme;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
}

export async function insertDisplay(tx: Tx, display: NewDisplay): Promise<WallDisplay[]> {
  return await tx<WallDisplay[]>`
    insert into wall_displays (id, account_id, name, token_hash, panels, theme, created_at,
      created_by, expires_at)
    values (${display.id}, ${display.accountId}, ${display.name}, ${display.hash},
      ${[...display.panels]}::text[], ${display.theme}, ${display.createdAt}, ${display.createdBy},
      ${display.expiresAt})
    returning ${COLUMNS(tx)}`;
}

/** The displays that the caller may see, newest first; those that stand before those that don't. */
export async function listDisplays(sql: Sql | Tx, scope: Scope): Promise<WallDisplay[]> {
  return await sql<WallDisplay[]>`
    select ${COLUMNS(sql)} from wall_displays where ${scopeWhere(sql, scope)}
    order by revoked_at is not null, id desc limit 500`;
}

/** One that the caller may see, locked for a change; null without. */
export async function lockDisplay(tx: Tx, scope: Scope, id: string): Promise<WallDisplay | null> {
  const [row] = await tx<WallDisplay[]>`
    select ${COLUMNS(tx)} from wall_displays
    where id = ${id} and ${scopeWhere(tx, scope)} for update`;
  return row ?? null;
}

export async function updateDisplay(
  tx: Tx,
  display: WallDisplay,
  change: WallChange,
): Promise<WallDisplay[]> {
  const { name = display.name, panels = display.panels, theme = display.theme } = change;
  return await tx<WallDisplay[]>`
    update wall_displays
    set name = ${name}, panels = ${[...panels]}::text[], theme = ${theme}
    where id = ${display.id} returning ${COLUMNS(tx)}`;
}

export async function revokeDisplay(tx: Tx, id: string, at: Date): Promise<void> {
  await tx`update wall_displays set revoked_at = ${at} where id = ${id} and revoked_at is null`;
}

/** The display of a token's digest, and whether its account is closed; null without. */
export async function findByHash(
  sql: Sql,
  hash: Uint8Array,
): Promise<{ display: WallDisplay; hash: Uint8Array; accountClosed: boolean } | null> {
  const [row] = await sql<(WallDisplay & { hash: Uint8Array; accountClosed: boolean })[]>`
    select ${COLUMNS(sql)}, token_hash as hash, exists (
        select from accounts own join accounts up on up.id = any(own.path)
        where own.id = wall_displays.account_id and up.status = 'closed'
      ) as "accountClosed"
    from wall_displays where token_hash = ${hash}`;
  if (row === undefined) return null;
  const { hash: kept, accountClosed, ...display } = row;
  return { display, hash: kept, accountClosed };
}

/** Of these displays those that still stand; notes that they were seen. */
export async function stillStanding(
  sql: Sql,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ id: string }[]>`
    update wall_displays set last_seen_at = ${now}
    where id = any(${[...ids]}::uuid[]) and revoked_at is null
      and (expires_at is null or expires_at > ${now})
      and not exists (
        select from accounts own join accounts up on up.id = any(own.path)
        where own.id = wall_displays.account_id and up.status = 'closed'
      )
    returning id`;
  return new Set(rows.map(({ id }) => id));
}

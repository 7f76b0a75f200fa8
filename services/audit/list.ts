/**
 * Reading the audit log.
 * @module
 */
import { type Scope, scopeWhere } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import type { Json } from "./canonical_json.ts";

/** An entry as it is read; what was erased is `null`. */
export interface AuditEntry {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly actorLabel: string | null;
  readonly ip: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly before: Json;
  readonly after: Json;
}

/** Which entries; what is left out doesn't narrow. */
export interface EntryFilter {
  /** Only entries older than this one: the last `seq` of the page before. */
  readonly before?: bigint;
  readonly actorId?: string;
  /** An action, or with a dot at its end all that begin with it: `connector.`. */
  readonly action?: string;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly since?: Date;
  readonly until?: Date;
  /**
   * 1 to 500.
   * @default 50
   */
  readonly limit?: number;
}

/** The log, as its readers get it. */
export interface AuditLog {
  /** See `listEntries`. */
  list(scope: Scope, filter?: EntryFilter): Promise<AuditEntry[]>;
}

export function createAuditLog(sql: Sql): AuditLog {
  return { list: (scope, filter) => listEntries(sql, scope, filter) };
}

/** Entries of the scope, the newest first. Those of the installation are in `all` only. */
export async function listEntries(
  sql: Sql | Tx,
  scope: Scope,
  filter: EntryFilter = {},
): Promise<AuditEntry[]> {
  const { action, actorId, before, since, subjectId, subjectType, until } = filter;
  const limit = Math.min(500, Math.max(1, Math.trunc(filter.limit ?? 50)));
  const prefix = action?.endsWith(".") ?? false;
  return await sql<AuditEntry[]>`
    select seq, id, at, account_id as "accountId", actor_id as "actorId",
      actor_label as "actorLabel", ip, action, subject_type as "subjectType",
      subject_id as "subjectId", before, after
    from audit_entries
    where ${scopeWhere(sql, scope)}
      ${before === undefined ? sql`` : sql`and seq < ${before}`}
      ${actorId === undefined ? sql`` : sql`and actor_id = ${actorId}`}
      ${
    action === undefined
      ? sql``
      : prefix
      ? sql`and left(action, ${action.length}) = ${action}`
      : sql`and action = ${action}`
  }
      ${subjectType === undefined ? sql`` : sql`and subject_type = ${subjectType}`}
      ${subjectId === undefined ? sql`` : sql`and subject_id = ${subjectId}`}
      ${since === undefined ? sql`` : sql`and at >= ${since}`}
      ${until === undefined ? sql`` : sql`and at < ${until}`}
    order by seq desc
    limit ${limit}
  `;
}

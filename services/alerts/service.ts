/**
 * Alerts as routes and pages call them.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import { actorOf, type Requester } from "../auth/mod.ts";
import type { Sql } from "../db/mod.ts";
import { ConflictError, NotFoundError } from "../errors/mod.ts";
import type { Incident } from "./model.ts";
import { acknowledgeIncident, findIncident, type IncidentFilter, listIncidents } from "./store.ts";

export interface Alerts {
  /** Newest first; `nextCursor` is null on the last page. */
  list(
    scope: Scope,
    filter: IncidentFilter,
    page: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ readonly items: readonly Incident[]; readonly nextCursor: string | null }>;
  /** @throws {NotFoundError} when the caller has no such incident */
  read(scope: Scope, id: string): Promise<Incident>;
  /**
   * Notes that the caller has seen it, also when it is over by now.
   * @throws {NotFoundError} when the caller has no such incident
   * @throws {ConflictError} when somebody has done so already
   */
  acknowledge(scope: Scope, id: string, requester: Requester): Promise<Incident>;
}

/** @param tell called after a commit that left something to tell; must not throw */
export function createAlerts(
  { sql, tell }: { readonly sql: Sql; readonly tell: () => void },
): Alerts {
  async function read(scope: Scope, id: string): Promise<Incident> {
    const incident = await findIncident(sql, scope, id);
    if (incident === null) throw new NotFoundError(`There is no incident ${id}`);
    return incident;
  }
  return {
    list: (scope, filter, page) => listIncidents(sql, scope, filter, page),
    read,
    async acknowledge(scope, id, requester) {
      const { userId } = requester.principal;
      const done = await sql.begin(async (tx) => {
        const incident = await acknowledgeIncident(tx, scope, id, { userId, at: new Date() });
        if (incident === null) return null;
        await append(tx, {
          actor: await actorOf(tx, requester),
          accountId: incident.accountId,
          action: "alert.acknowledge",
          subject: { type: "incident", id },
          after: { kind: incident.kind, subject: incident.subject },
        });
        return incident;
      });
      if (done !== null) {
        tell();
        return done;
      }
      const { acknowledgedAt } = await read(scope, id);
      throw new ConflictError(
        `The incident was acknowledged at ${acknowledgedAt?.toISOString() ?? "another time"}`,
      );
    },
  };
}

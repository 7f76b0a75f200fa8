/**
 * What the stored messages say about callbacks: the only proof that they arrive.
 * @module
 */
import type { Sql } from "../db/mod.ts";

/** Of the latest messages that the gateway accepted more than a minute ago. */
export interface CallbackEvidence {
  /** How many were looked at, `LOOKED_AT` at most. */
  readonly accepted: number;
  /** Those of which any callback came. */
  readonly called: number;
  /** The newest ones in a row of which none came. */
  readonly silent: number;
  readonly lastAcceptedAt: Date | null;
  readonly lastCallAt: Date | null;
}

/** Enough to outlast a connector's backlog of some minutes, few enough to be read at once. */
export const LOOKED_AT = 200;

/** Reads the evidence. */
export async function readCallbackEvidence(sql: Sql): Promise<CallbackEvidence> {
  const rows = await sql<{ acceptedAt: Date; calledAt: Date | null }[]>`
    select m.accepted_at as "acceptedAt", (
      select max(e.at) from message_events e
      where e.message_id = m.id and e.fingerprint like 'dlr:%'
    ) as "calledAt"
    from (
      select id, accepted_at from messages
      where accepted_at < clock_timestamp() - interval '1 minute'
      order by id desc limit ${LOOKED_AT}
    ) m order by m.id desc`;
  const firstCalled = rows.findIndex((row) => row.calledAt !== null);
  const latest = (times: readonly (Date | null)[]): Date | null =>
    times.reduce((last, at) => at !== null && (last === null || at > last) ? at : last, null);
  return {
    accepted: rows.length,
    called: rows.filter((row) => row.calledAt !== null).length,
    silent: firstCalled < 0 ? rows.length : firstCalled,
    lastAcceptedAt: latest(rows.map((row) => row.acceptedAt)),
    lastCallAt: latest(rows.map((row) => row.calledAt)),
  };
}

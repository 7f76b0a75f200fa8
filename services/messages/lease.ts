import type { Sql, Tx } from "../db/mod.ts";
import { LEASE_SECONDS } from "./model.ts";

/** A message that was leased: from now on only its answer, a callback or its clock moves it. */
export interface LeasedMessage {
  readonly id: string;
  readonly accountId: string;
  readonly recipient: string;
  readonly sender: string | null;
  readonly body: string;
  readonly charset: "gsm7" | "ucs2";
  readonly parts: number;
  /** This attempt's number, from 1. */
  readonly attempts: number;
  readonly expiresAt: Date;
}

/**
 * Leases up to `limit` queued messages whose time has come, longest due first. Any number of
 * dispatchers may do so at once: a row that one of them holds is skipped by the others.
 */
export async function leaseQueued(sql: Sql | Tx, limit: number): Promise<LeasedMessage[]> {
  return await sql<LeasedMessage[]>`
    update messages m set state = 'sending', state_since = now(), attempts = m.attempts + 1,
      due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from (
      select id from messages where state = 'queued' and due_at <= now()
      order by due_at, id limit ${limit} for update skip locked
    ) due
    where m.id = due.id and m.state = 'queued'
    returning m.id, m.account_id as "accountId", m.recipient, m.sender, m.body, m.charset, m.parts,
      m.attempts, m.expires_at as "expiresAt"`;
}

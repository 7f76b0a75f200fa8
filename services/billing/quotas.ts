/**
 * Setting and reading message quotas.
 * @module
 */
import { parseInput, readAccount, type Scope } from "../accounts/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { type NewQuota, type Quota, type QuotaPeriod, quotaSchema } from "./model.ts";
import { current, monthStart } from "./period.ts";

/**
 * Limits an account and everything below it, in the caller's transaction or one of its own. A higher
 * or lower allowance keeps what is used; another period, or a limit where there was none, counts
 * from now.
 *
 * @throws {NotFoundError} when there is no such account in the scope
 * @throws {ValidationError} on a field
 */
export async function setQuota(
  sql: Sql | Tx,
  scope: Scope,
  accountId: string,
  input: NewQuota,
  now = new Date(),
): Promise<Quota> {
  const { allowance, period } = parseInput(quotaSchema, input);
  await readAccount(sql, scope, accountId);
  const set = async (tx: Tx): Promise<Quota> => {
    const start = period === "month" ? monthStart(now) : now;
    await tx`
      insert into account_quotas (account_id, allowance, period, period_start)
      values (${accountId}, null, ${period}, ${start})
      on conflict do nothing
    `;
    const [before] = await tx<{ fresh: boolean }[]>`
      select allowance is null or period <> ${period} as fresh
      from account_quotas where account_id = ${accountId} for update
    `;
    if (before?.fresh ?? true) {
      // What is on its way was counted, if at all, by another measure.
      await tx`delete from quota_reservations where account_id = ${accountId}`;
      await tx`
        update account_quotas set used = 0, period = ${period}, period_start = ${start}
        where account_id = ${accountId}
      `;
    }
    await tx`
      update account_quotas set allowance = ${allowance}, updated_at = now()
      where account_id = ${accountId}
    `;
    return await read(tx, accountId, now);
  };
  return "begin" in sql ? await sql.begin(set) : await set(sql);
}

/**
 * The account's own quota.
 * @throws {NotFoundError} when there is no such account in the scope
 */
export async function readQuota(
  sql: Sql | Tx,
  scope: Scope,
  accountId: string,
  now = new Date(),
): Promise<Quota> {
  await readAccount(sql, scope, accountId);
  return await read(sql, accountId, now);
}

async function read(
  sql: Parameters<typeof readAccount>[0],
  accountId: string,
  now: Date,
): Promise<Quota> {
  const [row] = await sql<
    { allowance: bigint | null; period: QuotaPeriod; periodStart: Date; used: bigint }[]
  >`
    select allowance, period, period_start as "periodStart", used
    from account_quotas where account_id = ${accountId}
  `;
  if (row === undefined) {
    return { accountId, allowance: null, period: "month", remaining: null, used: 0n };
  }
  const { allowance, period, used } = current(row, now);
  const remaining = allowance === null ? null : allowance > used ? allowance - used : 0n;
  return { accountId, allowance, period, remaining, used };
}

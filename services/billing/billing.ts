/**
 * Billing by message quotas: prices are zero until there are rates.
 * @module
 */
import type { Sql, Tx } from "../db/mod.ts";
import { NotFoundError, QuotaError } from "../errors/mod.ts";
import type { Billing, Price, QuotaPeriod } from "./model.ts";
import { current } from "./period.ts";

const DEFAULT_CURRENCY = "EUR";

/** Makes the one `Billing` of a process; it holds no state. */
export function createBilling(): Billing {
  return { price: (sql, { accountId }) => priceOf(sql, accountId), release, reserve, settle };
}

const reserve: Billing["reserve"] = async (tx, { accountId, at = new Date(), messageId }) => {
  // Sent in one go; the second waits for whoever holds a limit of this account or one above it.
  const [price, limits] = await Promise.all([priceOf(tx, accountId), lockLimits(tx, accountId)]);
  const counters = limits.map((limit) => current(limit, at));
  const full = counters.find((counter) => counter.used >= counter.allowance);
  if (full !== undefined) throw exhausted(full.accountId === accountId, full);
  // In one go as well: their rows are ours already.
  await Promise.all(counters.flatMap(({ accountId: limited, periodStart, used }) => [
    tx`
      update account_quotas
      set used = ${used + 1n}, period_start = ${periodStart}, updated_at = now()
      where account_id = ${limited}
    `,
    tx`
      insert into quota_reservations (message_id, account_id, period_start)
      values (${messageId}, ${limited}, ${periodStart})
    `,
  ]));
  return price;
};

const settle: Billing["settle"] = async (tx, messageIds) => {
  if (messageIds.length === 0) return;
  await tx`delete from quota_reservations where message_id = any(${[...messageIds]}::uuid[])`;
};

const release: Billing["release"] = async (tx, messageIds) => {
  if (messageIds.length === 0) return;
  const held = await tx<{ accountId: string; periodStart: Date; messages: bigint }[]>`
    with gone as (
      delete from quota_reservations where message_id = any(${[...messageIds]}::uuid[])
      returning account_id, period_start
    )
    select account_id as "accountId", period_start as "periodStart", count(*) as messages
    from gone group by account_id, period_start order by account_id
  `;
  // In the order of ids, as reserve() locks them, so that the two never wait for each other. What
  // was reserved in a month that is over gives nothing to the present one.
  for (const { accountId, messages, periodStart } of held) {
    await tx`
      update account_quotas set used = greatest(used - ${messages}, 0), updated_at = now()
      where account_id = ${accountId} and period_start = ${periodStart}
    `;
  }
};

interface Limit {
  readonly accountId: string;
  readonly allowance: bigint;
  readonly period: QuotaPeriod;
  readonly periodStart: Date;
  readonly used: bigint;
}

/** The limits of the account and those above it, locked in the order of their ids. */
async function lockLimits(tx: Tx, accountId: string): Promise<Limit[]> {
  // Locking and changing are two statements: this one gives the rows as they are once the wait is
  // over, where an UPDATE with this as a subquery could compare with what its snapshot saw.
  return await tx<Limit[]>`
    select account_id as "accountId", allowance, period, period_start as "periodStart", used
    from account_quotas
    where account_id in (select unnest(path) from accounts where id = ${accountId})
      and allowance is not null
    order by account_id
    for update
  `;
}

async function priceOf(sql: Sql | Tx, accountId: string): Promise<Price> {
  const [account] = await sql<{ currency: string | null }[]>`
    select (
      select up.settings ->> 'currency' from accounts up
      where up.id = any(own.path) and up.settings ->> 'currency' is not null
      order by cardinality(up.path) desc limit 1
    ) as currency
    from accounts own where own.id = ${accountId}
  `;
  if (account === undefined) throw new NotFoundError("There is no such account");
  return { cost: 0n, currency: account.currency ?? DEFAULT_CURRENCY, price: 0n };
}

function exhausted(own: boolean, limit: Limit): QuotaError {
  const span = limit.period === "month" ? "for this month" : "in total";
  // The figures of an account above are not the caller's business.
  return new QuotaError(
    own
      ? `All ${limit.allowance} messages of the account ${span} are used; ask for a higher quota`
      : `An account above this one has used its messages ${span}; ask its administrator for more`,
  );
}

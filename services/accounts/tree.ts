/**
 * What an account inherits: pure logic over the chain from the root down to it.
 * @module
 */
import { ACCOUNT_STATUSES, type AccountLimits } from "./model.ts";
import type { Account, AccountStatus, EffectiveAccount } from "./model.ts";

/** What inheritance looks at. */
export type Inheritable = Pick<
  Account,
  "id" | "status" | "settings" | "limits" | "gatewayUserId"
>;

/**
 * What holds for the last account of `chain`, which goes from the root down: the strictest status,
 * the nearest value of each setting, the lowest of each limit, the nearest gateway user.
 */
export function effective(chain: readonly [Inheritable, ...Inheritable[]]): EffectiveAccount {
  const [root, ...below] = chain;
  return below.reduce<EffectiveAccount>((above, account) => ({
    gatewayUserId: account.gatewayUserId ?? above.gatewayUserId,
    id: account.id,
    limits: lowest(above.limits, account.limits),
    settings: { ...above.settings, ...account.settings },
    status: stricter(above.status, account.status),
  }), {
    gatewayUserId: root.gatewayUserId,
    id: root.id,
    limits: root.limits,
    settings: root.settings,
    status: root.status,
  });
}

function stricter(left: AccountStatus, right: AccountStatus): AccountStatus {
  return ACCOUNT_STATUSES.indexOf(left) > ACCOUNT_STATUSES.indexOf(right) ? left : right;
}

/** A descendant may set a lower ceiling for itself, never a higher one. */
function lowest(above: AccountLimits, own: AccountLimits): AccountLimits {
  return {
    ...limit("messagesPerSecond", above.messagesPerSecond, own.messagesPerSecond),
    ...limit("partsPerMessage", above.partsPerMessage, own.partsPerMessage),
  };
}

function limit<Key extends keyof AccountLimits>(
  key: Key,
  above: number | undefined,
  own: number | undefined,
): AccountLimits {
  if (above === undefined && own === undefined) return {};
  return { [key]: Math.min(above ?? Infinity, own ?? Infinity) };
}

/**
 * Accounts with their quotas, each change with its audit entry.
 * @module
 */
import {
  type Account,
  createAccount,
  findEffectiveAccount,
  inScope,
  listAccounts,
  readAccount,
  type Scope,
  updateAccount,
} from "../accounts/mod.ts";
import { append } from "../audit/mod.ts";
import { actorOf, type Auth, can, changedParts, type Principal } from "../auth/mod.ts";
import { type Quota, readQuota, setQuota } from "../billing/mod.ts";
import type { Sql, Tx } from "../db/mod.ts";
import { ForbiddenError, NotFoundError } from "../errors/mod.ts";
import type { AccountDetails, AccountEdit, Accounts } from "./model.ts";

const AUDITED = ["gatewayUserId", "limits", "name", "quota", "settings", "status"] as const;

export function createAccounts(options: {
  readonly sql: Sql;
  readonly auth: Pick<Auth, "forget">;
  readonly clock?: () => Date;
}): Accounts {
  const { auth, clock = () => new Date(), sql } = options;

  async function detailsOf(from: Sql | Tx, scope: Scope, id: string): Promise<AccountDetails> {
    const account = await readAccount(from, scope, id);
    const effective = await findEffectiveAccount(from, scope, id);
    if (effective === null) throw new NotFoundError("There is no such account");
    return { account, effective, quota: await readQuota(from, scope, id, clock()) };
  }

  return {
    list: (scope) => listAccounts(sql, scope),

    read: ({ scope }, id) => detailsOf(sql, scope, id),

    async create(by, { quota, ...input }) {
      requireGatewayUser(by.principal, input.gatewayUserId ?? undefined);
      const details = await sql.begin(async (tx) => {
        const { id } = await createAccount(tx, by.principal.scope, input);
        // Not yet in the scope that the caller came with.
        const own: Scope = { kind: "accounts", ids: [id] };
        if (quota !== undefined) await setQuota(tx, own, id, quota, clock());
        const made = await detailsOf(tx, own, id);
        await append(tx, {
          accountId: id,
          action: "account.create",
          actor: await actorOf(tx, by),
          after: { ...audited(made), kind: made.account.kind, parent_id: made.account.parentId },
          at: clock(),
          subject: { id, type: "account" },
        });
        return made;
      });
      // Its creator is to see it with the next request, not once this process looks again.
      auth.forget({ everybody: true });
      return details;
    },

    async update(by, id, { quota, ...change }) {
      const { principal } = by;
      requireGatewayUser(principal, change.gatewayUserId);
      return await sql.begin(async (tx) => {
        const before = await detailsOf(tx, principal.scope, id);
        requireFromAbove(principal, before.account, { ...change, ...(quota && { quota }) });
        await updateAccount(tx, principal.scope, id, change);
        if (quota !== undefined) await setQuota(tx, principal.scope, id, quota, clock());
        const after = await detailsOf(tx, principal.scope, id);
        await append(tx, {
          accountId: id,
          action: "account.update",
          actor: await actorOf(tx, by),
          at: clock(),
          subject: { id, type: "account" },
          ...changedParts(audited(before), audited(after), AUDITED),
        });
        return after;
      });
    },
  };
}

/** Gateway users are the installation's: who picked one could send as another tenant. */
function requireGatewayUser(principal: Principal, id: string | null | undefined): void {
  if (id === undefined || can(principal, "gateway:write")) return;
  throw new ForbiddenError("Which gateway user an account sends as is for the operator to choose");
}

/** What an account may use is given from above, or its own administrator would lift every limit. */
function requireFromAbove(principal: Principal, account: Account, change: AccountEdit): void {
  const { limits, quota, status } = change;
  if (limits === undefined && quota === undefined && status === undefined) return;
  if (inScope(principal.scope, account.parentId)) return;
  throw new ForbiddenError(
    "Status, limits and quota of your own account are given from above; ask the account above it",
  );
}

function audited({ account, quota }: AccountDetails) {
  const { gatewayUserId, limits, name, settings, status } = account;
  return { gatewayUserId, limits, name, quota: quotaWords(quota), settings, status };
}

function quotaWords({ allowance, period }: Quota) {
  return { allowance: allowance === null ? null : Number(allowance), period };
}

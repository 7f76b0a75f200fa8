import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, createAccount, ensureRoot, NO_ACCOUNTS } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import { NotFoundError, QuotaError, ValidationError } from "../errors/mod.ts";
import { createBilling } from "./billing.ts";
import { readQuota, setQuota } from "./quotas.ts";

const billing = createBilling();

Deno.test("quotas on PostgreSQL", async (t) => {
  await withDatabase(async (sql) => {
    const root = await ensureRoot(sql);
    const account = (parentId: string, kind: "reseller" | "customer", settings = {}) =>
      createAccount(sql, ALL_ACCOUNTS, { kind, name: v7(), parentId, settings });
    const reseller = await account(root.id, "reseller", { currency: "MXN" });

    async function send(accountId: string, at?: Date): Promise<string> {
      const messageId = v7();
      await sql.begin((tx) =>
        billing.reserve(tx, {
          accountId,
          messageId,
          parts: 1,
          recipient: "+34600000001",
          ...(at === undefined ? {} : { at }),
        })
      );
      return messageId;
    }
    const used = async (id: string, at?: Date) => (await readQuota(sql, ALL_ACCOUNTS, id, at)).used;
    const reservations = async (id: string) =>
      (await sql`select from quota_reservations where account_id = ${id}`).count;

    await t.step("without a quota there is no limit, and nothing is written", async () => {
      const { id } = await account(reseller.id, "customer");
      await Promise.all(Array.from({ length: 20 }, () => send(id)));
      assert.deepEqual(await readQuota(sql, ALL_ACCOUNTS, id), {
        accountId: id,
        allowance: null,
        period: "month",
        remaining: null,
        used: 0n,
      });
      assert.equal(await reservations(id), 0);
    });

    await t.step("64 at once on a quota of 10: exactly 10", async () => {
      const { id } = await account(reseller.id, "customer");
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 10n, period: "total" });
      const results = await Promise.allSettled(Array.from({ length: 64 }, () => send(id)));
      const refused = results.filter((each) => each.status === "rejected");
      assert.equal(results.length - refused.length, 10);
      assert(refused.every((each) => each.reason instanceof QuotaError));
      assert.equal(await used(id), 10n);
      assert.equal(await reservations(id), 10);
    });

    await t.step(
      "a quota above holds for all below it together, in any order at once",
      async () => {
        const above = await account(reseller.id, "reseller");
        const [left, right] = [
          await account(above.id, "customer"),
          await account(above.id, "customer"),
        ];
        await setQuota(sql, ALL_ACCOUNTS, above.id, { allowance: 15n, period: "total" });
        await setQuota(sql, ALL_ACCOUNTS, left.id, { allowance: 4n, period: "month" });
        await setQuota(sql, ALL_ACCOUNTS, right.id, { allowance: 100n, period: "month" });
        const results = await Promise.allSettled(
          Array.from({ length: 60 }, (_, index) => send(index % 2 === 0 ? left.id : right.id)),
        );
        assert.equal(results.filter((each) => each.status === "fulfilled").length, 15);
        assert.equal(await used(above.id), 15n);
        assert.equal(await used(left.id) + await used(right.id), 15n);
        assert(await used(left.id) <= 4n);
        await assert.rejects(send(right.id), /account above this one/);
      },
    );

    await t.step("a message that is refused above takes nothing below", async () => {
      const above = await account(reseller.id, "reseller");
      const { id } = await account(above.id, "customer");
      await setQuota(sql, ALL_ACCOUNTS, above.id, { allowance: 0n, period: "total" });
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 5n, period: "total" });
      await assert.rejects(send(id), QuotaError);
      assert.equal(await used(id), 0n);
    });

    await t.step("what is reserved goes back with its transaction", async () => {
      const { id } = await account(reseller.id, "customer");
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 5n, period: "total" });
      await assert.rejects(
        sql.begin(async (tx) => {
          await billing.reserve(tx, {
            accountId: id,
            messageId: v7(),
            parts: 1,
            recipient: "+34600000001",
          });
          throw new Error("the insert failed");
        }),
        /the insert failed/,
      );
      assert.equal(await used(id), 0n);
    });

    await t.step("release gives back once, settle never, and both may be repeated", async () => {
      const { id } = await account(reseller.id, "customer");
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 5n, period: "total" });
      const [first, second, third] = [await send(id), await send(id), await send(id)];
      await sql.begin((tx) => billing.settle(tx, [first]));
      await sql.begin((tx) => billing.release(tx, [first, second, v7()]));
      await sql.begin((tx) => billing.release(tx, [second]));
      assert.equal(await used(id), 2n);
      await sql.begin((tx) => billing.settle(tx, [third, third]));
      await sql.begin((tx) => billing.release(tx, [third]));
      await sql.begin((tx) => billing.release(tx, []));
      assert.equal(await used(id), 2n);
      assert.equal(await reservations(id), 0);
    });

    await t.step("sending and releasing at once, over a tree, ends even", async () => {
      const above = await account(reseller.id, "reseller");
      const below = [await account(above.id, "customer"), await account(above.id, "customer")];
      for (const { id } of [above, ...below]) {
        await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 1_000n, period: "month" });
      }
      await Promise.all(Array.from({ length: 80 }, async (_, index) => {
        const messageId = await send(below[index % 2]?.id ?? above.id);
        await sql.begin((tx) => billing.release(tx, [messageId]));
      }));
      for (const { id } of [above, ...below]) assert.equal(await used(id), 0n);
    });

    await t.step("a new month starts at zero, and isn't paid back by the old one", async () => {
      const { id } = await account(reseller.id, "customer");
      const [july, august] = [new Date("2030-07-31T23:59:59Z"), new Date("2030-08-01T00:00:01Z")];
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 2n, period: "month" }, july);
      const old = [await send(id, july), await send(id, july)];
      await assert.rejects(send(id, july), /for this month/);
      assert.equal(await used(id, august), 0n);
      const recent = await send(id, august);
      await sql.begin((tx) => billing.release(tx, old));
      assert.equal(await used(id, august), 1n);
      await sql.begin((tx) => billing.release(tx, [recent]));
      assert.equal(await used(id, august), 0n);
    });

    await t.step("another allowance keeps the count, another period starts anew", async () => {
      const { id } = await account(reseller.id, "customer");
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 3n, period: "total" });
      const messageId = await send(id);
      const raised = await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 9n, period: "total" });
      assert.deepEqual([raised.used, raised.remaining], [1n, 8n]);
      const lowered = await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 0n, period: "total" });
      assert.deepEqual([lowered.used, lowered.remaining], [1n, 0n]);
      const monthly = await setQuota(sql, ALL_ACCOUNTS, id, { allowance: 9n, period: "month" });
      assert.deepEqual([monthly.used, monthly.remaining], [0n, 9n]);
      await send(id);
      await sql.begin((tx) => billing.release(tx, [messageId]));
      assert.equal(await used(id), 1n);
      await setQuota(sql, ALL_ACCOUNTS, id, { allowance: null, period: "month" });
      await send(id);
      assert.equal((await readQuota(sql, ALL_ACCOUNTS, id)).remaining, null);
    });

    await t.step(
      "the price is zero, in the currency of the account or of those above",
      async () => {
        const { id } = await account(reseller.id, "customer");
        const of = (accountId: string) =>
          billing.price(sql, { accountId, parts: 1, recipient: "+34600000001" });
        assert.deepEqual(await of(id), { cost: 0n, currency: "MXN", price: 0n });
        assert.deepEqual((await of(root.id)).currency, "EUR");
        await assert.rejects(of(v7()), NotFoundError);
        await assert.rejects(send(v7()), NotFoundError);
      },
    );

    await t.step("quotas of other accounts are neither read nor set", async () => {
      const quota = { allowance: 1n, period: "total" } as const;
      await assert.rejects(readQuota(sql, NO_ACCOUNTS, reseller.id), NotFoundError);
      await assert.rejects(setQuota(sql, NO_ACCOUNTS, reseller.id, quota), NotFoundError);
      await assert.rejects(
        setQuota(sql, ALL_ACCOUNTS, reseller.id, { ...quota, allowance: -1n }),
        ValidationError,
      );
    });
  }, { max: 20 });
});

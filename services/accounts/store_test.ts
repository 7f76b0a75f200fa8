import assert from "node:assert/strict";
import { v7 } from "uuid";
import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  UnavailableError,
  ValidationError,
} from "../errors/mod.ts";
import { listGatewayUsers, resolveGatewayUser, saveGatewayUser } from "./gateway_users.ts";
import {
  ALL_ACCOUNTS,
  inScope,
  intersect,
  NO_ACCOUNTS,
  requireInScope,
  ROLES,
  scopeOf,
  scopeWhere,
} from "./scope.ts";
import { secretBox } from "./secretbox.ts";
import {
  createAccount,
  ensureRoot,
  findEffectiveAccount,
  listAccounts,
  readAccount,
  updateAccount,
} from "./store.ts";
import { withDatabase } from "./testing.ts";

Deno.test("accounts on PostgreSQL", async (t) => {
  await withDatabase(async (sql) => {
    const roots = await Promise.all(Array.from({ length: 8 }, () => ensureRoot(sql)));
    const [root] = roots;
    assert(root !== undefined);
    const make = (
      parentId: string,
      kind: "reseller" | "customer" | "department",
      name: string,
      more = {},
    ) => createAccount(sql, ALL_ACCOUNTS, { kind, name, parentId, ...more });
    const north = await make(root.id, "reseller", "North", { settings: { currency: "MXN" } });
    const shop = await make(north.id, "customer", "Shop", { limits: { messagesPerSecond: 20 } });
    const sales = await make(shop.id, "department", "Sales", { settings: { senderId: "SHOP" } });
    const south = await make(root.id, "reseller", "South");

    await t.step("there is one root, however many make it at once", () => {
      assert.deepEqual(new Set(roots.map((each) => each.id)), new Set([root.id]));
      assert.deepEqual(root.path, [root.id]);
    });

    await t.step("a path goes from the root to the account", () => {
      assert.deepEqual(sales.path, [root.id, north.id, shop.id, sales.id]);
    });

    await t.step("the database refuses a path that isn't the parent's", async () => {
      const id = v7();
      await assert.rejects(
        Promise.resolve(sql`
          insert into accounts (id, parent_id, path, kind, name)
          values (${id}, ${north.id}, ${[root.id, id]}::uuid[], 'customer', 'Stray')
        `),
        /violates check constraint/,
      );
    });

    await t.step("kinds stand where they may", async () => {
      await assert.rejects(make(south.id, "department", "No"), (error) => {
        assert(error instanceof ValidationError);
        assert.deepEqual(error.faults, [{
          field: "kind",
          message: "A department can't stand under a reseller; choose reseller or customer",
        }]);
        return true;
      });
    });

    await t.step("siblings have different names, in any case; cousins may share one", async () => {
      await assert.rejects(make(root.id, "reseller", "NORTH"), ConflictError);
      await make(south.id, "customer", "Shop");
    });

    await t.step("faults name their fields", async () => {
      await assert.rejects(
        make(root.id, "customer", " ", { settings: { timeZone: "Mars/Base" } }),
        (error) => {
          assert(error instanceof ValidationError);
          assert.deepEqual(error.faults.map((fault) => fault.field), [
            "name",
            "settings.timeZone",
          ]);
          return true;
        },
      );
      await assert.rejects(
        make(root.id, "customer", "X", { gatewayUserId: v7() }),
        ValidationError,
      );
    });

    await t.step("the scope of each role", async () => {
      const idsOf = async (accountId: string, role: typeof ROLES[number]) => {
        const scope = await scopeOf(sql, accountId, role);
        return scope.kind === "all" ? "all" : [...scope.ids].sort();
      };
      const below = [north.id, shop.id, sales.id].sort();
      assert.equal(await idsOf(north.id, "super_admin"), "all");
      for (const role of ["admin", "campaign_manager", "analyst"] as const) {
        assert.equal(await idsOf(root.id, role), "all");
        assert.deepEqual(await idsOf(north.id, role), below);
        assert.deepEqual(await idsOf(sales.id, role), [sales.id]);
      }
      assert.deepEqual(await idsOf(root.id, "client"), [root.id]);
      assert.deepEqual(await idsOf(shop.id, "client"), [shop.id]);
      assert.deepEqual(await idsOf(v7(), "admin"), []);
    });

    await t.step("nothing outside the scope is read, listed, changed or built upon", async () => {
      const scope = await scopeOf(sql, north.id, "admin");
      const names = async (of: typeof scope) => (await listAccounts(sql, of)).map((a) => a.name);
      assert.deepEqual(await names(scope), ["North", "Shop", "Sales"]);
      assert.deepEqual(await names(ALL_ACCOUNTS), [
        "Operator",
        "North",
        "Shop",
        "Sales",
        "South",
        "Shop",
      ]);
      assert.deepEqual(await names(NO_ACCOUNTS), []);
      await assert.rejects(readAccount(sql, scope, south.id), NotFoundError);
      await assert.rejects(updateAccount(sql, scope, root.id, { name: "Mine" }), NotFoundError);
      await assert.rejects(
        createAccount(sql, scope, { kind: "customer", name: "New", parentId: south.id }),
        NotFoundError,
      );
      assert.equal(await findEffectiveAccount(sql, scope, south.id), null);
      assert.throws(() => requireInScope(scope, south.id), ForbiddenError);
      requireInScope(scope, sales.id);
    });

    await t.step("what belongs to no account is seen by `all` only", async () => {
      const scope = await scopeOf(sql, north.id, "admin");
      assert.equal(inScope(scope, null), false);
      assert.equal(inScope(ALL_ACCOUNTS, null), true);
      const seen = async (of: typeof scope) =>
        (await sql`
          select from (values (null::uuid), (${north.id}::uuid)) as row (account_id)
          where ${scopeWhere(sql, of, "row.account_id")}
        `).count;
      assert.equal(await seen(ALL_ACCOUNTS), 2);
      assert.equal(await seen(scope), 1);
      assert.equal(await seen(NO_ACCOUNTS), 0);
    });

    await t.step("two scopes leave what both have", () => {
      const left = { kind: "accounts", ids: [north.id, shop.id] } as const;
      const right = { kind: "accounts", ids: [shop.id, south.id] } as const;
      assert.deepEqual(intersect(left, right), { kind: "accounts", ids: [shop.id] });
      assert.deepEqual(intersect(ALL_ACCOUNTS, right), right);
      assert.deepEqual(intersect(left, ALL_ACCOUNTS), left);
    });

    await t.step("settings and limits come down the tree, from above the scope too", async () => {
      const own = await scopeOf(sql, sales.id, "client");
      assert.deepEqual(await findEffectiveAccount(sql, own, sales.id), {
        gatewayUserId: null,
        id: sales.id,
        limits: { messagesPerSecond: 20 },
        settings: { currency: "MXN", senderId: "SHOP" },
        status: "active",
      });
      await updateAccount(sql, ALL_ACCOUNTS, north.id, { status: "suspended" });
      assert.equal((await findEffectiveAccount(sql, own, sales.id))?.status, "suspended");
      await updateAccount(sql, ALL_ACCOUNTS, north.id, { status: "active" });
      await assert.rejects(
        updateAccount(sql, ALL_ACCOUNTS, root.id, { status: "closed" }),
        ConflictError,
      );
    });

    await t.step("an account sends as the nearest gateway user up the tree", async () => {
      const box = secretBox("0123456789abcdef0123456789abcdef");
      const resolve = async (id: string) => (await resolveGatewayUser(sql, box, id))?.username;
      assert.equal(await resolve(sales.id), undefined);
      const first = await saveGatewayUser(sql, box, {
        password: "one",
        uid: "dashboard",
        username: "dashboard",
      });
      const second = await saveGatewayUser(sql, box, {
        password: "two",
        uid: "shop",
        username: "shop",
      });
      await updateAccount(sql, ALL_ACCOUNTS, root.id, { gatewayUserId: first.id });
      await updateAccount(sql, ALL_ACCOUNTS, shop.id, { gatewayUserId: second.id });
      assert.equal(await resolve(root.id), "dashboard");
      assert.equal(await resolve(north.id), "dashboard");
      assert.equal(await resolve(sales.id), "shop");
      assert.equal((await resolveGatewayUser(sql, box, sales.id))?.password, "two");

      await saveGatewayUser(sql, box, { password: "three", uid: "shop", username: "shop" });
      assert.equal((await resolveGatewayUser(sql, box, shop.id))?.password, "three");
      assert.equal((await listGatewayUsers(sql)).length, 2);
      await assert.rejects(
        saveGatewayUser(sql, box, { password: "x", uid: "other", username: "shop" }),
        ConflictError,
      );
    });

    await t.step(
      "a password moved to another gateway user, or under another key, stays shut",
      async () => {
        const box = secretBox("0123456789abcdef0123456789abcdef");
        await assert.rejects(
          resolveGatewayUser(sql, secretBox("another key of thirty-two bytes.."), sales.id),
          UnavailableError,
        );
        await sql`
        update gateway_users set password_encrypted =
          (select password_encrypted from gateway_users where uid = 'dashboard')
        where uid = 'shop'
      `;
        await assert.rejects(resolveGatewayUser(sql, box, sales.id), UnavailableError);
      },
    );
  });
});

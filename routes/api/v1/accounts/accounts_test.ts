import assert from "node:assert/strict";
import { v7 } from "uuid";
import { saveGatewayUser, secretBox } from "../../../../services/accounts/mod.ts";
import { verifyChain } from "../../../../services/audit/mod.ts";
import { kindOf, withApi } from "../testing.ts";

Deno.test("accounts by the API", async (t) => {
  await withApi(async (world) => {
    const { root, shop, signedIn, sql } = world;
    const boss = await signedIn("super_admin");
    const quota = { allowance: 1000, period: "month" };
    const made = await boss.ask("POST", "/api/v1/accounts", {
      kind: "reseller",
      name: "Reseller",
      settings: { currency: "EUR", time_zone: "Europe/Madrid" },
      limits: { messages_per_second: 50 },
      quota,
    });
    const reseller = made.body;

    await t.step("are created with what they may use, below the caller's own", async () => {
      assert.equal(made.status, 201);
      assert.equal(reseller.parent_id, root.id);
      assert.deepEqual(reseller.quota, { ...quota, remaining: 1000, used: 0 });
      const path = made.headers.get("location") ?? "";
      assert.deepEqual((await boss.ask("GET", path)).body, reseller);
      const twin = await boss.ask("POST", "/api/v1/accounts", {
        kind: "customer",
        name: "RESELLER",
      });
      assert.deepEqual([twin.status, kindOf(twin)], [409, "conflict"]);
      const orphan = await boss.ask("POST", "/api/v1/accounts", {
        kind: "customer",
        name: "Orphan",
        parent_id: v7(),
      });
      assert.equal(orphan.status, 404);
      const wrong = await boss.ask("POST", "/api/v1/accounts", {
        kind: "department",
        name: "Nowhere",
        settings: { time_zone: "Mars/Base" },
      });
      assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, "settings.time_zone"]);
    });

    const admin = await signedIn("admin", { accountId: reseller.id });
    const own = `/api/v1/accounts/${reseller.id}`;

    await t.step(
      "inherit: the lowest limit, the nearest setting, the strictest status",
      async () => {
        const { body, status } = await admin.ask("POST", "/api/v1/accounts", {
          kind: "customer",
          name: "Below",
          settings: { language: "de" },
          limits: { messages_per_second: 80, parts_per_message: 3 },
        });
        assert.equal(status, 201);
        assert.deepEqual(body.effective, {
          limits: { messages_per_second: 50, parts_per_message: 3 },
          settings: { currency: "EUR", language: "de", time_zone: "Europe/Madrid" },
          status: "active",
        });
        assert.equal(body.depth, 2);
        const list = (await admin.ask("GET", "/api/v1/accounts")).body.items;
        const names = list.map((each: { name: string }) => each.name);
        assert.deepEqual(names, ["Reseller", "Below"], "the tree below, and nothing beside it");
        const below = `/api/v1/accounts/${body.id}`;
        const changed = await admin.ask("PATCH", below, {
          quota: { allowance: 5, period: "total" },
        });
        assert.equal(changed.body.quota.remaining, 5);
        const paused = await admin.ask("PATCH", below, { status: "suspended" });
        assert.equal(paused.body.effective.status, "suspended");
        assert.deepEqual(paused.body.limits, body.limits, "what is left out stays");
      },
    );

    await t.step("can't raise what they were given from above", async () => {
      for (
        const change of [
          { quota: { allowance: null, period: "month" } },
          { limits: { messages_per_second: 1000 } },
          { status: "active" },
        ]
      ) {
        assert.equal((await admin.ask("PATCH", own, change)).status, 403, JSON.stringify(change));
      }
      assert.equal((await admin.ask("PATCH", own, { name: "Reseller 2" })).status, 200);
      assert.equal(
        (await boss.ask("PATCH", own, { quota: { ...quota, allowance: 9 } })).status,
        200,
      );
      assert.equal((await admin.ask("GET", own)).body.quota.allowance, 9);
    });

    await t.step("are nobody's outside of their scope", async () => {
      const beside = `/api/v1/accounts/${shop.id}`;
      assert.equal((await admin.ask("GET", beside)).status, 404);
      assert.equal((await admin.ask("PATCH", beside, { name: "Mine" })).status, 404);
      const child = await admin.ask("POST", "/api/v1/accounts", {
        kind: "department",
        name: "Spy",
        parent_id: shop.id,
      });
      assert.equal(child.status, 404);
      const client = await signedIn("client", { accountId: reseller.id });
      const seen = (await client.ask("GET", "/api/v1/accounts")).body.items;
      assert.deepEqual(seen.map((each: { id: string }) => each.id), [reseller.id]);
      assert.equal((await client.ask("PATCH", own, { name: "x" })).status, 403);
    });

    await t.step("send as the gateway user that the operator chose", async () => {
      const box = secretBox("0123456789abcdef0123456789abcdef");
      const gatewayUser = await saveGatewayUser(sql, box, {
        password: "secret",
        uid: "shop",
        username: "shop",
      });
      const change = { gateway_user_id: gatewayUser.id };
      assert.equal((await admin.ask("PATCH", own, change)).status, 403);
      assert.equal((await admin.ask("PATCH", own, { gateway_user_id: null })).status, 403);
      assert.equal((await boss.ask("PATCH", own, change)).body.gateway_user_id, gatewayUser.id);
      assert.equal((await admin.ask("GET", own)).body.gateway_user_id, null, "nor is it told");
      const unknown = await boss.ask("PATCH", own, { gateway_user_id: v7() });
      assert.deepEqual([unknown.status, unknown.body.errors[0].field], [422, "gateway_user_id"]);
    });

    await t.step("keep their root open, and every change in the audit log", async () => {
      const path = `/api/v1/accounts/${root.id}`;
      const closed = await boss.ask("PATCH", path, { status: "closed" });
      assert.equal(closed.status, 409);
      const rows = await sql<{ action: string; before: unknown; after: unknown }[]>`
        select action, before, after from audit_entries
        where subject_type = 'account' and subject_id = ${reseller.id} order by seq
      `;
      assert.deepEqual(rows.map(({ action }) => action), [
        "account.create",
        "account.update",
        "account.update",
        "account.update",
      ]);
      assert.deepEqual(rows[2]?.before, { quota });
      assert.deepEqual(rows[2]?.after, { quota: { ...quota, allowance: 9 } });
      assert.equal((await verifyChain(sql)).ok, true);
    });
  });
});

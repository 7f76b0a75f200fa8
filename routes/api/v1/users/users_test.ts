import assert from "node:assert/strict";
import { ALL_ACCOUNTS, createAccount } from "../../../../services/accounts/mod.ts";
import { verifyChain } from "../../../../services/audit/mod.ts";
import { PASSWORD } from "../../../../services/auth/testing.ts";
import { kindOf, storedText, withApi } from "../testing.ts";

const NEW = { name: "Carla", password: "a password of Carla" };

Deno.test("users by the API", async (t) => {
  await withApi(async (world) => {
    const { ask, askWith, root, shop, signedIn, sql } = world;
    const boss = await signedIn("super_admin");
    const admin = await signedIn("admin");
    const clinic = await createAccount(sql, ALL_ACCOUNTS, {
      kind: "customer",
      name: "Clinic",
      parentId: root.id,
    });
    const shopAdmin = await signedIn("admin", { accountId: shop.id });
    const outsider = await signedIn("client", { accountId: clinic.id });

    await t.step("are created, read, found page by page, and changed", async () => {
      const created = await admin.ask("POST", "/api/v1/users", {
        ...NEW,
        account_id: shop.id,
        email: "Carla@Example.Test",
        role: "client",
      });
      assert.equal(created.status, 201);
      const path = created.headers.get("location") ?? "";
      assert.deepEqual((await admin.ask("GET", path)).body, created.body);
      const { email, language, second_factor, status, theme } = created.body;
      assert.deepEqual([email, language, second_factor, status, theme], [
        "carla@example.test",
        "en",
        false,
        "active",
        "system",
      ]);
      const twice = await admin.ask("POST", "/api/v1/users", { ...NEW, email, role: "client" });
      assert.equal(twice.status, 409);

      const changed = await admin.ask("PATCH", path, { name: "Carla C.", theme: "dark" });
      assert.deepEqual([changed.body.name, changed.body.theme], ["Carla C.", "dark"]);
      const found = await admin.ask("GET", "/api/v1/users?q=CARLA%20c");
      assert.deepEqual(found.body.items.map((each: { id: string }) => each.id), [created.body.id]);

      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const next = cursor === "" ? "" : `&cursor=${cursor}`;
        const { body } = await admin.ask("GET", `/api/v1/users?limit=2${next}`);
        assert(body.items.length <= 2);
        seen.push(...body.items.map((each: { email: string }) => each.email));
        cursor = body.next_cursor;
      }
      assert.deepEqual(seen, seen.toSorted());
      assert.equal(new Set(seen).size, 5);
      assert.equal((await admin.ask("GET", "/api/v1/users?cursor=xx")).status, 422);
    });

    await t.step("are nobody's outside of their accounts", async () => {
      const path = `/api/v1/users/${outsider.user.id}`;
      for (
        const [method, where, body] of [
          ["GET", path, undefined],
          ["PATCH", path, { name: "Mine" }],
          ["POST", `${path}/password`, { password: "another password" }],
          ["DELETE", `${path}/second-factor`, undefined],
        ] as const
      ) {
        assert.equal((await shopAdmin.ask(method, where, body)).status, 404, `${method} ${where}`);
      }
      const { body } = await shopAdmin.ask("GET", "/api/v1/users?limit=200");
      assert(body.items.every((each: { account_id: string }) => each.account_id === shop.id));
      const made = await shopAdmin.ask("POST", "/api/v1/users", {
        ...NEW,
        account_id: clinic.id,
        email: "spy@example.test",
        role: "client",
      });
      assert.deepEqual([made.status, made.body.errors[0].field], [422, "account_id"]);
    });

    await t.step("are never made or changed above one's own role", async () => {
      const user = { ...NEW, email: "up@example.test", role: "super_admin" };
      assert.equal((await admin.ask("POST", "/api/v1/users", user)).status, 403);
      const above = `/api/v1/users/${boss.user.id}`;
      assert.equal((await admin.ask("PATCH", above, { name: "Fool" })).status, 403);
      const password = { password: "a stolen password" };
      assert.equal((await admin.ask("POST", `${above}/password`, password)).status, 403);
      assert.equal((await admin.ask("DELETE", `${above}/second-factor`)).status, 403);
      const own = `/api/v1/users/${admin.user.id}`;
      for (const change of [{ role: "super_admin" }, { role: "analyst" }, { status: "disabled" }]) {
        assert.equal((await admin.ask("PATCH", own, change)).status, 403, JSON.stringify(change));
      }
      assert.equal((await admin.ask("POST", `${own}/password`, password)).status, 403);
      assert.equal((await admin.ask("PATCH", own, { name: "Me" })).status, 200);
    });

    await t.step("end their sessions at once when disabled, and come back", async () => {
      const person = await signedIn("analyst", { accountId: shop.id });
      const path = `/api/v1/users/${person.user.id}`;
      assert.equal((await person.ask("GET", "/api/v1/profile")).status, 200);
      assert.equal((await shopAdmin.ask("PATCH", path, { status: "disabled" })).status, 200);
      assert.equal((await person.ask("GET", "/api/v1/profile")).status, 401);
      const login = { email: person.user.email, password: PASSWORD };
      assert.equal((await ask("POST", "/api/v1/auth/login", login)).status, 401);
      await shopAdmin.ask("PATCH", path, { status: "active" });
      assert.equal((await ask("POST", "/api/v1/auth/login", login)).status, 200);
    });

    await t.step("get another password, which ends their sessions", async () => {
      const person = await signedIn("client", { accountId: shop.id });
      const path = `/api/v1/users/${person.user.id}/password`;
      const short = await shopAdmin.ask("POST", path, { password: "short" });
      assert.deepEqual([short.status, short.body.errors[0].field], [422, "password"]);
      const password = "given by the administrator";
      assert.equal((await shopAdmin.ask("POST", path, { password })).status, 204);
      assert.equal((await person.ask("GET", "/api/v1/profile")).status, 401);
      const login = { email: person.user.email, password };
      assert.equal((await ask("POST", "/api/v1/auth/login", login)).status, 200);
    });

    await t.step("leave at least one active super admin, also when two act at once", async () => {
      for (let round = 0; round < 5; round += 1) {
        const left = await signedIn("super_admin");
        const right = await signedIn("super_admin");
        // Only these two are left, and each takes the other's rights.
        await sql`
          update users set status = 'disabled'
          where role = 'super_admin' and not id = any(${[left.user.id, right.user.id]})
        `;
        const answers = await Promise.all([
          left.ask("PATCH", `/api/v1/users/${right.user.id}`, { status: "disabled" }),
          right.ask("PATCH", `/api/v1/users/${left.user.id}`, { role: "analyst" }),
        ]);
        const statuses = answers.map(({ status }) => status).sort();
        // Who comes second is refused: by the rule, or signed out already.
        assert.equal(statuses[0], 200);
        assert(statuses[1] === 409 || statuses[1] === 401, `${statuses}`);
        const [row] = await sql<{ count: number }[]>`
          select count(*)::int as count from users
          where role = 'super_admin' and status = 'active'
        `;
        assert.equal(row?.count, 1);
      }
    });

    await t.step("are in the audit log with every change, and no password is", async () => {
      const rows = await sql<{ action: string; label: string; before: unknown; after: unknown }[]>`
        select action, actor_label as label, before, after from audit_entries
        where subject_type = 'user' and action like 'user.%' order by seq
      `;
      assert.deepEqual(
        new Set(rows.map(({ action }) => action)),
        new Set([
          "user.create",
          "user.password_set",
          "user.update",
        ]),
      );
      const rename = rows.find(({ action }) => action === "user.update");
      assert.deepEqual(rename?.before, { name: "Carla", theme: "system" });
      assert.deepEqual(rename?.after, { name: "Carla C.", theme: "dark" });
      assert.equal(rename?.label, admin.user.email);
      const stored = await storedText(world);
      for (const secret of [NEW.password, "given by the administrator", PASSWORD]) {
        assert(!stored.includes(secret), secret);
      }
      assert.equal((await verifyChain(sql)).ok, true);
    });

    await t.step("are for nobody without the permission", async () => {
      for (const role of ["campaign_manager", "analyst", "client"] as const) {
        const person = await signedIn(role);
        assert.equal((await person.ask("GET", "/api/v1/users")).status, 403);
      }
      const nobody = await askWith("x".repeat(20))("GET", "/api/v1/users");
      assert.deepEqual([nobody.status, kindOf(nobody)], [401, "unauthenticated"]);
    });
  });
});

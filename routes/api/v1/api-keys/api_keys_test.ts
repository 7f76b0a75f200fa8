import assert from "node:assert/strict";
import { ALL_ACCOUNTS, createAccount, updateAccount } from "../../../../services/accounts/mod.ts";
import { SESSION_TTL_MS } from "../../../../services/auth/mod.ts";
import { updateUser } from "../../../../services/auth/mod.ts";
import { kindOf, type Person, storedText, withApi } from "../testing.ts";

const SCOPES = ["messages:send", "users:read"];

async function keyOf(person: Person, scopes = SCOPES, more = {}) {
  const made = await person.ask("POST", "/api/v1/api-keys", { name: "Shop", scopes, ...more });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

Deno.test("API keys by the API", async (t) => {
  await withApi(async (world) => {
    const { actions, advance, ask, askWith, now, root, shop, signedIn, sql } = world;
    const admin = await signedIn("admin");

    await t.step("show their secret once, and nothing keeps it", async () => {
      const { secret, ...key } = await keyOf(admin);
      assert.match(secret, /^jd_[A-Za-z0-9_-]{43}$/);
      assert.equal(key.prefix, secret.slice(0, 9));
      assert.deepEqual(key.scopes, SCOPES);
      assert.deepEqual((await admin.ask("GET", `/api/v1/api-keys/${key.id}`)).body, key);
      const { body } = await admin.ask("GET", "/api/v1/api-keys");
      assert.deepEqual(body.items, [key]);
      assert(!(await storedText(world)).includes(secret.slice(9)));
    });

    await t.step("act as their user by either header, within their scopes", async () => {
      const { id, secret } = await keyOf(admin);
      const byKey = askWith(secret);
      assert.equal((await byKey("GET", "/api/v1/users")).status, 200);
      const header = { "x-api-key": secret };
      assert.equal((await ask("GET", "/api/v1/users", undefined, header)).status, 200);
      const beyond = await byKey("GET", "/api/v1/audit");
      assert.deepEqual([beyond.status, kindOf(beyond)], [403, "forbidden"]);
      assert.match(beyond.body.detail, /wasn't made for this \(audit:read\)/);
      assert.equal((await byKey("PATCH", `/api/v1/users/${id}`, { name: "x" })).status, 403);
      const { body } = await byKey("GET", "/api/v1/profile");
      assert.equal(body.id, admin.user.id);
      assert.deepEqual(body.permissions, SCOPES);
      // A refused token isn't made up for by a key beside it.
      const both = await askWith("nonsense")("GET", "/api/v1/users", undefined, header);
      assert.equal(both.status, 401);
    });

    await t.step("can't do what is for people", async () => {
      const { secret } = await keyOf(admin, ["api-keys:write", "api-keys:read"]);
      const byKey = askWith(secret);
      const made = await byKey("POST", "/api/v1/api-keys", {
        name: "Child",
        scopes: ["api-keys:read"],
      });
      assert.equal(made.status, 403);
      const passwords = { current_password: "x", new_password: "a new password" };
      for (
        const [method, path, body] of [
          ["GET", "/api/v1/sessions", undefined],
          ["DELETE", "/api/v1/sessions", undefined],
          ["POST", "/api/v1/auth/logout", undefined],
          ["PATCH", "/api/v1/profile", { name: "x" }],
          ["POST", "/api/v1/profile/password", passwords],
          ["POST", "/api/v1/profile/second-factor", { password: "x" }],
        ] as const
      ) {
        assert.equal((await byKey(method, path, body)).status, 403, `${method} ${path}`);
      }
    });

    await t.step("never have more than their user, now", async () => {
      const person = await signedIn("admin", { accountId: shop.id });
      const { secret } = await keyOf(person);
      const byKey = askWith(secret);
      assert.equal((await byKey("GET", "/api/v1/users")).status, 200);
      await updateUser(sql, ALL_ACCOUNTS, person.user.id, { role: "client" });
      advance(SESSION_TTL_MS);
      assert.equal((await byKey("GET", "/api/v1/users")).status, 403, "a client may not");

      const client = await signedIn("client", { accountId: shop.id });
      const more = await client.ask("POST", "/api/v1/api-keys", {
        name: "More",
        scopes: ["messages:send", "audit:read"],
      });
      assert.deepEqual([more.status, more.body.errors[0].field], [422, "scopes.1"]);
    });

    await t.step("end when revoked, at their time, with their user and account", async () => {
      const { id, secret } = await keyOf(admin);
      const byKey = askWith(secret);
      const tried = async () => (await byKey("GET", "/api/v1/users")).status;
      assert.equal(await tried(), 200);
      assert.equal((await admin.ask("DELETE", `/api/v1/api-keys/${id}`)).status, 204);
      assert.equal(await tried(), 401, "at once in this process");
      const { body } = await admin.ask("GET", `/api/v1/api-keys/${id}`);
      assert.equal(body.state, "revoked");
      const before = (await actions()).length;
      assert.equal((await admin.ask("DELETE", `/api/v1/api-keys/${id}`)).status, 204);
      assert.equal((await actions()).length, before, "a second time is no second entry");

      const until = new Date(now().getTime() + 60_000).toISOString();
      const timed = askWith((await keyOf(admin, SCOPES, { expires_at: until })).secret);
      assert.equal((await timed("GET", "/api/v1/users")).status, 200);
      advance(60_000);
      assert.equal((await timed("GET", "/api/v1/users")).status, 401);
      const past = await admin.ask("POST", "/api/v1/api-keys", {
        name: "Past",
        scopes: SCOPES,
        expires_at: until,
      });
      assert.deepEqual([past.status, past.body.errors[0].field], [422, "expires_at"]);

      const person = await signedIn("admin", { accountId: shop.id });
      const ofPerson = askWith((await keyOf(person)).secret);
      const path = `/api/v1/users/${person.user.id}`;
      await admin.ask("PATCH", path, { status: "disabled" });
      advance(SESSION_TTL_MS);
      assert.equal((await ofPerson("GET", "/api/v1/users")).status, 401);
      await admin.ask("PATCH", path, { status: "active" });
      advance(SESSION_TTL_MS);
      assert.equal((await ofPerson("GET", "/api/v1/users")).status, 200);
      await updateAccount(sql, ALL_ACCOUNTS, shop.id, { status: "closed" });
      advance(SESSION_TTL_MS);
      assert.equal((await ofPerson("GET", "/api/v1/users")).status, 401);
      await updateAccount(sql, ALL_ACCOUNTS, shop.id, { status: "active" });
    });

    await t.step("tell to some minutes when they were last used", async () => {
      const { id, secret } = await keyOf(admin);
      const used = async () => {
        await askWith(secret)("GET", "/api/v1/users");
        return (await admin.ask("GET", `/api/v1/api-keys/${id}`)).body.last_used_at;
      };
      const first = await used();
      assert.equal(first, now().toISOString());
      advance(60_000);
      assert.equal(await used(), first);
      advance(5 * 60_000);
      assert.equal(await used(), now().toISOString());
    });

    await t.step("are seen by their user and by who reads the account's users", async () => {
      const clinic = await createAccount(sql, ALL_ACCOUNTS, {
        kind: "customer",
        name: "Clinic",
        parentId: root.id,
      });
      const client = await signedIn("client", { accountId: shop.id });
      const beside = await signedIn("client", { accountId: shop.id });
      const shopAdmin = await signedIn("admin", { accountId: shop.id });
      const other = await signedIn("admin", { accountId: clinic.id });
      const boss = await signedIn("super_admin");
      const { id } = await keyOf(client, ["messages:read"]);
      const path = `/api/v1/api-keys/${id}`;
      for (const person of [beside, other]) {
        assert.equal((await person.ask("GET", path)).status, 404);
        assert.equal((await person.ask("DELETE", path)).status, 404);
        assert.deepEqual((await person.ask("GET", "/api/v1/api-keys")).body.items, []);
      }
      assert.equal((await shopAdmin.ask("GET", path)).status, 200);
      assert.equal((await shopAdmin.ask("DELETE", path)).status, 204);
      const ofBoss = await keyOf(boss);
      const above = await admin.ask("DELETE", `/api/v1/api-keys/${ofBoss.id}`);
      assert.equal(above.status, 403, "whose user is above the caller");
    });

    await t.step("are listed page by page, and are no more than they were made", async () => {
      const person = await signedIn("admin", { accountId: shop.id });
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) ids.unshift((await keyOf(person)).id);
      const seen: string[] = [];
      let next = `/api/v1/api-keys?limit=2&user_id=${person.user.id}`;
      while (next !== "") {
        const { body } = await person.ask("GET", next);
        seen.push(...body.items.map((each: { id: string }) => each.id));
        next = body.next_cursor === null
          ? ""
          : `/api/v1/api-keys?limit=2&user_id=${person.user.id}&cursor=${body.next_cursor}`;
      }
      assert.deepEqual(seen, ids);
    });

    await t.step("are named in the audit log when they change something", async () => {
      const { prefix, secret } = await keyOf(admin, ["users:write"]);
      const person = await signedIn("client", { accountId: shop.id });
      const path = `/api/v1/users/${person.user.id}`;
      assert.equal((await askWith(secret)("PATCH", path, { name: "By key" })).status, 200);
      const [entry] = await sql<{ actorId: string; label: string }[]>`
        select actor_id as "actorId", actor_label as label from audit_entries
        order by seq desc limit 1
      `;
      assert.equal(entry?.actorId, admin.user.id);
      assert.equal(entry?.label, `${admin.user.email} by API key ${prefix}…`);
    });
  });
});

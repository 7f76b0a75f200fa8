import assert from "node:assert/strict";
import { PASSWORD } from "../../../../services/auth/testing.ts";
import { kindOf, withApi } from "../testing.ts";

const NEXT = "another password";

Deno.test("one's own profile and sessions by the API", async (t) => {
  await withApi(async (world) => {
    const { actions, advance, ask, askWith, login, shop, signedIn, sql } = world;

    await t.step("says who the caller is and what the caller may do", async () => {
      const person = await signedIn("analyst", { accountId: shop.id });
      const { body } = await person.ask("GET", "/api/v1/profile");
      assert.equal(body.email, person.user.email);
      assert.deepEqual(body.account, { id: shop.id, kind: "customer", name: "Shop" });
      assert(body.permissions.includes("messages:read"));
      // Those of the installation take the scope of everything, which the shop's staff hasn't.
      assert(!body.permissions.includes("connectors:read"));
      assert(!body.permissions.includes("messages:send"));
    });

    await t.step("changes name, language and theme, and nothing else", async () => {
      const person = await signedIn("client", { accountId: shop.id });
      const change = { language: "fr", name: "Anne", theme: "dark" };
      const { body, status } = await person.ask("PATCH", "/api/v1/profile", change);
      assert.equal(status, 200);
      assert.deepEqual({ language: body.language, name: body.name, theme: body.theme }, change);
      for (const more of [{ role: "super_admin" }, { status: "active" }, { email: "a@b.test" }]) {
        assert.equal((await person.ask("PATCH", "/api/v1/profile", more)).status, 422);
      }
      assert.equal((await actions()).at(-1), "user.update");
    });

    await t.step("changes the password by the present one, and ends other sessions", async () => {
      const person = await signedIn("client", { accountId: shop.id });
      const elsewhere = askWith((await login(person.user.email)).accessToken);
      const change = (current_password: string, new_password: string) =>
        person.ask("POST", "/api/v1/profile/password", { current_password, new_password });
      const wrong = await change("not it", NEXT);
      assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, "current_password"]);
      const weak = await change(PASSWORD, "short");
      assert.deepEqual([weak.status, weak.body.errors[0].field], [422, "new_password"]);
      const same = await change(PASSWORD, PASSWORD);
      assert.deepEqual([same.status, same.body.errors[0].field], [422, "new_password"]);
      assert.equal((await elsewhere("GET", "/api/v1/profile")).status, 200);

      assert.equal((await change(PASSWORD, NEXT)).status, 204);
      assert.equal((await elsewhere("GET", "/api/v1/profile")).status, 401);
      assert.equal((await person.ask("GET", "/api/v1/profile")).status, 200);
      const { email } = person.user;
      const old = await ask("POST", "/api/v1/auth/login", { email, password: PASSWORD });
      assert.equal(old.status, 401);
      const now = await ask("POST", "/api/v1/auth/login", { email, password: NEXT });
      assert.equal(now.status, 200);
    });

    await t.step("isn't a place to guess the password either", async () => {
      const person = await signedIn("client", { accountId: shop.id });
      const guess = async (current_password: string) =>
        await person.ask("POST", "/api/v1/profile/password", {
          current_password,
          new_password: NEXT,
        });
      const statuses: number[] = [];
      for (let count = 0; count < 8; count += 1) statuses.push((await guess("wrong")).status);
      assert.deepEqual(statuses, [422, 422, 422, 422, 422, 429, 429, 429]);
      const held = await guess(PASSWORD);
      assert.deepEqual([held.status, kindOf(held)], [429, "rate-limited"]);
      advance(2_000);
      assert.equal((await guess(PASSWORD)).status, 204);
    });

    await t.step("lists one's sessions, and ends one, the others, or all", async () => {
      const person = await signedIn("client", { accountId: shop.id });
      const { email } = person.user;
      advance(1_000);
      const second = await login(email);
      const third = await login(email);
      const stranger = await signedIn("client", { accountId: shop.id });
      const list = async () => (await person.ask("GET", "/api/v1/sessions")).body.items;
      const before = await list();
      assert.equal(before.length, 3);
      const current = before.filter((each: { current: boolean }) => each.current);
      assert.deepEqual(current.map((each: { id: string }) => each.id), [person.sessionId]);
      assert.equal(before[0].user_agent, "test");

      const foreign = await person.ask("DELETE", `/api/v1/sessions/${stranger.sessionId}`);
      assert.equal(foreign.status, 404);
      assert.equal((await stranger.ask("GET", "/api/v1/profile")).status, 200);
      const ended = await person.ask("DELETE", `/api/v1/sessions/${second.sessionId}`);
      assert.equal(ended.status, 204);
      assert.equal((await askWith(second.accessToken)("GET", "/api/v1/profile")).status, 401);
      const again = await person.ask("DELETE", `/api/v1/sessions/${second.sessionId}`);
      assert.equal(again.status, 404);

      const others = await person.ask("DELETE", "/api/v1/sessions?keep_current=true");
      assert.deepEqual(others.body, { ended: 1 });
      assert.equal((await askWith(third.accessToken)("GET", "/api/v1/profile")).status, 401);
      assert.equal((await list()).length, 1);

      assert.deepEqual((await person.ask("DELETE", "/api/v1/sessions")).body, { ended: 1 });
      assert.equal((await person.ask("GET", "/api/v1/profile")).status, 401);
      const refreshed = await ask("POST", "/api/v1/auth/refresh", {
        refresh_token: third.refreshToken,
      });
      assert.equal(refreshed.status, 401);
      const rows = await sql<{ action: string }[]>`
        select action from audit_entries where action like 'session.%' order by seq
      `;
      assert.deepEqual(rows.map(({ action }) => action), [
        "session.revoke",
        "session.revoke_all",
        "session.revoke_all",
      ]);
    });
  });
});

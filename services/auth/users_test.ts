import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS } from "../accounts/mod.ts";
import {
  ConflictError,
  NotFoundError,
  UnauthenticatedError,
  ValidationError,
} from "../errors/mod.ts";
import { passwordHasher } from "./hasher.ts";
import { ORIGIN, PASSWORD, withAuth } from "./testing.ts";
import { findUser, hasAnyUser, listUsers, readUser, setPassword, updateUser } from "./users.ts";

Deno.test("users on PostgreSQL", async (t) => {
  await withAuth(async ({ hasher, login, make, person, root, shop, sql }) => {
    await t.step("before the first user there is none", async () => {
      assert.equal(await hasAnyUser(sql), false);
      await person();
      assert.equal(await hasAnyUser(sql), true);
    });

    await t.step("a password changes, and one made at another cost is made anew", async () => {
      const user = await person();
      await setPassword(sql, hasher, ALL_ACCOUNTS, user.id, "another horse");
      await assert.rejects(login(user.email), UnauthenticatedError);
      await assert.rejects(
        setPassword(sql, hasher, ALL_ACCOUNTS, user.id, "x".repeat(73)),
        ValidationError,
      );
      const dearer = passwordHasher({ cost: 5 });
      try {
        const moved = make({ hasher: dearer });
        await moved.login({ email: user.email, password: "another horse", ...ORIGIN });
        const [row] = await sql<{ hash: string }[]>`
          select password_hash as hash from users where id = ${user.id}
        `;
        assert.match(row?.hash ?? "", /^\$2a\$05\$/);
        await moved.login({ email: user.email, password: "another horse", ...ORIGIN });
      } finally {
        dearer.close();
      }
    });

    await t.step("changes of different things at once all hold", async () => {
      const { id } = await person();
      await Promise.all([
        updateUser(sql, ALL_ACCOUNTS, id, { status: "disabled" }),
        updateUser(sql, ALL_ACCOUNTS, id, { theme: "light" }),
        updateUser(sql, ALL_ACCOUNTS, id, { language: "de" }),
      ]);
      const { language, status, theme } = await readUser(sql, ALL_ACCOUNTS, id);
      assert.deepEqual([language, status, theme], ["de", "disabled", "light"]);
    });

    await t.step(
      "one of each address, in their scope, a super admin at the root only",
      async () => {
        const user = await person();
        await assert.rejects(person({ email: user.email.toUpperCase() }), ConflictError);
        await assert.rejects(person({ email: "no address" }), ValidationError);
        await assert.rejects(person({ password: "short" }), ValidationError);
        await assert.rejects(person({ accountId: v7() }), ValidationError);
        await assert.rejects(person({ role: "super_admin" }), /belongs to the root account/);
        await assert.rejects(
          updateUser(sql, ALL_ACCOUNTS, user.id, { role: "super_admin" }),
          ValidationError,
        );
        const chief = await person({ accountId: root.id, role: "super_admin" });
        await assert.rejects(
          updateUser(sql, ALL_ACCOUNTS, user.id, { email: chief.email }),
          ConflictError,
        );
        const scope = { ids: [shop.id], kind: "accounts" } as const;
        await assert.rejects(readUser(sql, scope, chief.id), NotFoundError);
        await assert.rejects(updateUser(sql, scope, chief.id, { name: "X" }), NotFoundError);
        await assert.rejects(setPassword(sql, hasher, scope, chief.id, PASSWORD), NotFoundError);
        assert.equal(await findUser(sql, scope, chief.email), undefined);
        assert.equal((await findUser(sql, scope, user.email.toUpperCase()))?.id, user.id);
        assert((await listUsers(sql, scope)).every((each) => each.accountId === shop.id));
        const changed = await updateUser(sql, scope, user.id, { language: "fr", theme: "dark" });
        assert.deepEqual([changed.language, changed.theme, changed.name], ["fr", "dark", "Ann"]);
      },
    );
  });
});

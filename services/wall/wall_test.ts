import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, NO_ACCOUNTS, updateAccount } from "../accounts/mod.ts";
import { can, PERMISSIONS, type Requester } from "../auth/mod.ts";
import { withAuth } from "../auth/testing.ts";
import { NotFoundError, UnauthenticatedError, ValidationError } from "../errors/mod.ts";
import { logger, setLogLevel } from "../log/mod.ts";
import { until } from "../../tests/until.ts";
import { createWalls } from "./service.ts";

Deno.test("wall displays", async (t) => {
  setLogLevel("silent");
  await withAuth(async ({ sql, person, root, shop }) => {
    const walls = createWalls({ sql, log: logger("test"), guardMs: 50 });
    const requesterOf = async (accountId: string): Promise<Requester> => {
      const user = await person({ accountId, role: "admin" });
      return {
        ip: "192.0.2.9",
        principal: {
          kind: "user",
          userId: user.id,
          accountId,
          role: "admin",
          scope: accountId === root.id ? ALL_ACCOUNTS : { kind: "accounts", ids: [accountId] },
          sessionId: v7(),
          language: "en",
        },
      };
    };
    const operator = await requesterOf(root.id);
    const reseller = await requesterOf(shop.id);

    await t.step("are reached by a token that is told once and kept nowhere", async () => {
      const { display, token } = await walls.create({ name: " Room 1 " }, operator);
      assert.equal(display.name, "Room 1");
      assert.match(token, /^wd_[A-Za-z0-9_-]{43}$/);
      const rows = await sql`
        select row_to_json(w)::text as text from wall_displays w
        union all select row_to_json(a)::text from audit_entries a`;
      for (const { text } of rows) assert.ok(!text.includes(token.slice(3)));
      const wall = await walls.authenticate(token);
      assert.equal(wall.display.id, display.id);
      for (
        const wrong of ["", "wd_", `${token}x`, token.replace(/.$/, "!"), `wd_${"A".repeat(43)}`]
      ) {
        await assert.rejects(walls.authenticate(wrong), UnauthenticatedError, wrong);
      }
    });

    await t.step(
      "read figures, connectors and alerts of their account, and do nothing",
      async () => {
        const { token } = await walls.create({ name: "Room" }, operator);
        const wall = await walls.authenticate(token);
        const may = PERMISSIONS.filter((permission) => can(wall, permission));
        assert.deepEqual(may, ["alerts:read", "connectors:read", "metrics:read"]);
        const own = await walls.authenticate(
          (await walls.create({ name: "Shop" }, reseller)).token,
        );
        assert.deepEqual(own.scope, { kind: "accounts", ids: [shop.id] });
        assert.deepEqual(PERMISSIONS.filter((permission) => can(own, permission)), [
          "alerts:read",
          "metrics:read",
        ]);
      },
    );

    await t.step(
      "are changed and revoked within the caller's scope, with audit entries",
      async () => {
        const { display, token } = await walls.create({ name: "Hall", theme: "light" }, operator);
        const { scope } = reseller.principal;
        await assert.rejects(
          walls.update(scope, display.id, { name: "x" }, reseller),
          NotFoundError,
        );
        await assert.rejects(walls.revoke(scope, display.id, reseller), NotFoundError);
        assert.deepEqual((await walls.list(NO_ACCOUNTS)).length, 0);
        const panels = ["alerts", "traffic"] as const;
        const changed = await walls.update(
          ALL_ACCOUNTS,
          display.id,
          { panels: [...panels] },
          operator,
        );
        assert.deepEqual([changed.name, changed.panels, changed.theme], ["Hall", panels, "light"]);
        await walls.revoke(ALL_ACCOUNTS, display.id, operator);
        await walls.revoke(ALL_ACCOUNTS, display.id, operator);
        await assert.rejects(walls.authenticate(token), /revoked/);
        await assert.rejects(
          walls.update(ALL_ACCOUNTS, display.id, { name: "x" }, operator),
          NotFoundError,
        );
        const entries = await sql<{ action: string }[]>`
        select action from audit_entries where subject_id = ${display.id} order by seq`;
        assert.deepEqual(
          entries.map(({ action }) => action),
          ["wall.create", "wall.update", "wall.revoke"],
        );
      },
    );

    await t.step("end at their time, and with their account", async () => {
      const past = new Date(Date.now() - 1_000).toISOString();
      await assert.rejects(
        walls.create({ name: "Late", expires_at: past }, operator),
        ValidationError,
      );
      const hour = new Date(Date.now() + 3_600_000).toISOString();
      const { display, token } = await walls.create({ name: "Fair", expires_at: hour }, operator);
      await walls.authenticate(token);
      await sql`update wall_displays set expires_at = now() where id = ${display.id}`;
      await assert.rejects(walls.authenticate(token), /expired/);
      const ofShop = await walls.create({ name: "Shop" }, reseller);
      await updateAccount(sql, ALL_ACCOUNTS, shop.id, { status: "closed" });
      await assert.rejects(walls.authenticate(ofShop.token), /revoked/);
      await updateAccount(sql, ALL_ACCOUNTS, shop.id, { status: "active" });
    });

    await t.step("lose their open streams when they are revoked, others don't", async () => {
      const one = await walls.create({ name: "One" }, operator);
      const two = await walls.create({ name: "Two" }, operator);
      const [first, second, other] = [
        walls.watch(one.display.id),
        walls.watch(one.display.id),
        walls.watch(two.display.id),
      ];
      await until("the display to be seen", 10, async () => {
        const list = await walls.list(ALL_ACCOUNTS);
        return list.find(({ id }) => id === one.display.id)?.lastSeenAt;
      });
      assert.equal(first.signal.aborted, false);
      await walls.revoke(ALL_ACCOUNTS, one.display.id, operator);
      await until("the streams to end", 5, () => first.signal.aborted && second.signal.aborted);
      assert.equal(other.signal.aborted, false);
      for (const each of [first, second, other]) each.close();
      // One that opens after the revocation is no exception.
      const late = walls.watch(one.display.id);
      await until("the late stream to end", 5, () => late.signal.aborted);
      late.close();
    });
    await walls.close();
  });
});

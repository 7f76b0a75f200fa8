import assert from "node:assert/strict";
import { type ApiWorld, withApi } from "../testing.ts";

interface Shown {
  readonly seq: number;
  readonly action: string;
  readonly account_id: string;
  readonly actor_id: string;
  readonly subject_id: string;
}

Deno.test("the audit log by the API", async (t) => {
  await withApi(async (world: ApiWorld) => {
    const { advance, now, shop, signedIn, sql } = world;
    const boss = await signedIn("super_admin");
    const shopAdmin = await signedIn("admin", { accountId: shop.id });
    const client = await signedIn("client", { accountId: shop.id });
    advance(60_000);
    const since = now().toISOString();
    await boss.ask("PATCH", "/api/v1/profile", { theme: "dark" });
    await shopAdmin.ask("PATCH", `/api/v1/users/${client.user.id}`, { name: "Client" });
    await shopAdmin.ask("PATCH", "/api/v1/profile", { language: "es" });
    const list = async (person: typeof boss, query = ""): Promise<Shown[]> => {
      const { body, status } = await person.ask("GET", `/api/v1/audit?${query}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body.items;
    };

    await t.step("shows who did what, the newest first, of one's own accounts", async () => {
      const all = await list(boss, "limit=200");
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from audit_entries
      `;
      assert.equal(all.length, row?.count);
      assert.deepEqual(
        all.map(({ seq }) => seq),
        all.map(({ seq }) => seq).toSorted((a, b) => b - a),
      );
      const ofShop = await list(shopAdmin, "limit=200");
      assert(ofShop.length > 0 && ofShop.length < all.length);
      assert(ofShop.every(({ account_id }) => account_id === shop.id));
      assert.equal((await client.ask("GET", "/api/v1/audit")).status, 403);
    });

    await t.step("is filtered by actor, action, subject and time", async () => {
      const byActor = await list(boss, `actor_id=${shopAdmin.user.id}&from=${since}`);
      assert.deepEqual(byActor.map(({ action }) => action), ["user.update", "user.update"]);
      const about = await list(boss, `subject_type=user&subject_id=${client.user.id}`);
      assert.deepEqual(about.map(({ actor_id }) => actor_id), [shopAdmin.user.id]);
      assert((await list(boss, "action=auth.")).every(({ action }) => action === "auth.login"));
      assert.equal((await list(boss, "action=auth")).length, 0, "without a dot it is exact");
      assert.equal((await list(boss, `from=${since}`)).length, 3);
      const earlier = await list(boss, `before=${since}&limit=200`);
      assert.equal(earlier.length + 3, (await list(boss, "limit=200")).length);
      // A plus stands for a space in a query.
      const zoned = since.replace("Z", "%2B00:00");
      assert.equal((await list(boss, `from=${zoned}`)).length, 3);
    });

    await t.step("is read page by page without a gap", async () => {
      const all = await list(boss, "limit=200");
      const seen: number[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const next = cursor === "" ? "" : `&cursor=${cursor}`;
        const { body } = await boss.ask("GET", `/api/v1/audit?limit=2${next}`);
        seen.push(...body.items.map(({ seq }: Shown) => seq));
        cursor = body.next_cursor;
      }
      assert.deepEqual(seen, all.map(({ seq }) => seq));
      for (const bad of ["_", "MA", btoa("-1"), btoa("9".repeat(40))]) {
        const { status } = await boss.ask("GET", `/api/v1/audit?cursor=${bad.replaceAll("=", "")}`);
        assert.equal(status, 422, bad);
      }
    });
  });
});

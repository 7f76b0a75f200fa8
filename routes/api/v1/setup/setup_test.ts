import assert from "node:assert/strict";
import { verifyChain } from "../../../../services/audit/mod.ts";
import { kindOf, storedText, withApi } from "../testing.ts";

const FIRST = { email: "Ana@Example.Test", name: "Ana", password: "a first password" };

Deno.test("the first visit makes one super admin, whoever comes at once", async () => {
  await withApi(async (world) => {
    const { actions, ask, askWith, sql } = world;
    const needed = async () => (await ask("GET", "/api/v1/setup")).body.needed;
    assert.equal(await needed(), true);

    const weak = await ask("POST", "/api/v1/setup", { ...FIRST, password: "short" });
    assert.deepEqual([weak.status, weak.body.errors[0].field], [422, "password"]);
    assert.equal(await needed(), true, "what is refused leaves it open");

    const answers = await Promise.all(
      Array.from(
        { length: 64 },
        (_, index) => ask("POST", "/api/v1/setup", { ...FIRST, email: `ana${index}@example.test` }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    assert.equal(made.length, 1);
    assert.equal(answers.filter(({ status }) => status === 409).length, 63);
    assert.equal((await sql`select from users`).count, 1);
    assert.equal(await needed(), false);

    const { body } = await askWith(made[0]?.body.access_token)("GET", "/api/v1/profile");
    assert.equal(body.role, "super_admin");
    assert.equal(body.account.kind, "root");
    assert.deepEqual(await actions(), ["setup.complete"]);
    assert.equal((await verifyChain(sql)).ok, true);
    const stored = await storedText(world);
    assert(!stored.includes(FIRST.password) && !stored.includes(made[0]?.body.refresh_token));

    const late = await ask("POST", "/api/v1/setup", FIRST);
    assert.deepEqual([late.status, kindOf(late)], [409, "conflict"]);
  });
});

import assert from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { verifyChain } from "../../../../services/audit/mod.ts";
import { PASSWORD } from "../../../../services/auth/testing.ts";
import { type ApiWorld, kindOf, type Person, storedText, withApi } from "../testing.ts";

const PATH = "/api/v1/profile/second-factor";

/** What the user's app shows. */
function app(secret: string, now: () => Date): () => string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return () => totp.generate({ timestamp: now().getTime() });
}

/** A user with a second factor, and the next code of the app ready. */
async function enrolled(world: ApiWorld, person: Person) {
  const begun = await person.ask("POST", PATH, { password: PASSWORD });
  assert.equal(begun.status, 200);
  const code = app(begun.body.secret, world.now);
  const confirmed = await person.ask("POST", `${PATH}/confirm`, { code: code() });
  assert.equal(confirmed.status, 200);
  world.advance(30_000);
  return { code, recovery: confirmed.body.recovery_codes as string[], secret: begun.body.secret };
}

Deno.test("a second factor by the API", async (t) => {
  await withApi(async (world) => {
    const { advance, ask, now, shop, signedIn, sql } = world;
    const login = (person: Person, code?: string) =>
      ask("POST", "/api/v1/auth/login", {
        email: person.user.email,
        password: PASSWORD,
        ...(code === undefined ? {} : { code }),
      });
    const person = () => signedIn("client", { accountId: shop.id });

    await t.step("counts once a code has confirmed it, and not before", async () => {
      const ann = await person();
      const none = { enabled: false, enabled_at: null, recovery_codes_left: 0 };
      assert.deepEqual((await ann.ask("GET", PATH)).body, none);
      const early = await ann.ask("POST", `${PATH}/confirm`, { code: "123456" });
      assert.deepEqual([early.status, kindOf(early)], [409, "conflict"]);
      const wrong = await ann.ask("POST", PATH, { password: "wrong" });
      assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, "password"]);

      const begun = await ann.ask("POST", PATH, { password: PASSWORD });
      const { otpauth_uri, qr, secret } = begun.body;
      assert.equal(new URL(otpauth_uri).searchParams.get("secret"), secret);
      assert(qr.size > 20 && qr.path.startsWith("M0 0h7"));
      assert.equal((await login(ann)).status, 200, "nothing is asked for yet");
      const bad = await ann.ask("POST", `${PATH}/confirm`, { code: "000000" });
      assert.deepEqual([bad.status, bad.body.errors[0].field], [422, "code"]);

      const confirmed = await ann.ask("POST", `${PATH}/confirm`, { code: app(secret, now)() });
      assert.equal(new Set(confirmed.body.recovery_codes).size, 10);
      const after = (await ann.ask("GET", PATH)).body;
      assert.deepEqual([after.enabled, after.recovery_codes_left], [true, 10]);
      assert.equal((await ann.ask("POST", PATH, { password: PASSWORD })).status, 409);
      assert.equal((await ann.ask("GET", "/api/v1/profile")).body.second_factor, true);
    });

    await t.step("is asked for at sign-in, in words of its own", async () => {
      const ann = await person();
      const { code } = await enrolled(world, ann);
      const without = await login(ann);
      assert.deepEqual([without.status, kindOf(without)], [401, "totp-required"]);
      assert.match(without.headers.get("www-authenticate") ?? "", /^Bearer/);
      const wrong = await login(ann, "000000");
      assert.deepEqual([wrong.status, kindOf(wrong)], [401, "totp-required"]);
      const guessed = await ask("POST", "/api/v1/auth/login", {
        code: code(),
        email: ann.user.email,
        password: "wrong",
      });
      assert.equal(kindOf(guessed), "unauthenticated", "the password comes first");
      assert.equal((await login(ann, code())).status, 200);
    });

    await t.step("takes a code once, whoever comes at once, and none of before", async () => {
      const ann = await person();
      const { code } = await enrolled(world, ann);
      const first = code();
      const answers = await Promise.all(Array.from({ length: 4 }, () => login(ann, first)));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [200, 401, 401, 401]);
      assert.equal(kindOf(await login(ann, first)), "totp-required");
      advance(30_000);
      assert.equal((await login(ann, code())).status, 200);
      assert.equal(kindOf(await login(ann, first)), "totp-required", "older than the last one");
    });

    await t.step("takes each recovery code once, in any writing", async () => {
      const ann = await person();
      const { code, recovery } = await enrolled(world, ann);
      const [one = "", two = ""] = recovery;
      assert.match(one, /^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
      assert.equal((await login(ann, one)).status, 200);
      assert.equal(kindOf(await login(ann, one)), "totp-required");
      assert.equal((await login(ann, ` ${two.replace("-", " ").toUpperCase()}`)).status, 200);
      assert.equal((await ann.ask("GET", PATH)).body.recovery_codes_left, 8);
      const renewed = await ann.ask("POST", `${PATH}/recovery-codes`, {
        code: code(),
        password: PASSWORD,
      });
      assert.equal(renewed.body.recovery_codes.length, 10);
      advance(60_000);
      assert.equal(kindOf(await login(ann, recovery[2])), "totp-required", "the former ones end");
      assert.equal((await login(ann, renewed.body.recovery_codes[0])).status, 200);
      const [entry] = await sql<{ after: unknown }[]>`
        select after from audit_entries where action = 'auth.login' order by seq desc limit 1
      `;
      assert.deepEqual(entry?.after, { second_factor: "recovery-code" });
    });

    await t.step("can't be guessed by who has the password", async () => {
      const ann = await person();
      const { code } = await enrolled(world, ann);
      const kinds: string[] = [];
      for (let count = 0; count < 12; count += 1) {
        // Asking without a code in between must not clear what was counted.
        await world.login(ann.user.email).catch(() => {});
        const tried = world.auth.login({
          code: String(100_000 + count),
          email: ann.user.email,
          ip: `198.51.100.${count}`,
          password: PASSWORD,
          userAgent: null,
        });
        kinds.push(await tried.then(() => "signed in", (error) => error.kind));
      }
      assert.deepEqual(kinds.slice(0, 5), Array(5).fill("totp-required"));
      assert.deepEqual(kinds.slice(5), Array(7).fill("rate-limited"));
      advance(60_000);
      assert.equal((await login(ann, code())).status, 200, "the owner comes in after the wait");
    });

    await t.step("costs a person who is asked for the code no attempt", async () => {
      const ann = await person();
      const { code } = await enrolled(world, ann);
      for (let count = 0; count < 10; count += 1) {
        assert.equal(kindOf(await login(ann)), "totp-required");
      }
      assert.equal((await login(ann, code())).status, 200);
    });

    await t.step("ends by password and code, or by an administrator", async () => {
      const ann = await person();
      const { code, recovery } = await enrolled(world, ann);
      const disable = (body: unknown) => ann.ask("POST", `${PATH}/disable`, body);
      assert.equal((await disable({ code: code(), password: "wrong" })).status, 422);
      assert.equal((await disable({ code: "000000", password: PASSWORD })).status, 422);
      assert.equal((await login(ann)).status, 401);
      assert.equal((await disable({ code: recovery[0], password: PASSWORD })).status, 204);
      assert.equal((await login(ann)).status, 200);
      assert.equal((await disable({ code: code(), password: PASSWORD })).status, 409);

      const bob = await person();
      await enrolled(world, bob);
      const admin = await signedIn("admin", { accountId: shop.id });
      const path = `/api/v1/users/${bob.user.id}/second-factor`;
      assert.equal((await admin.ask("DELETE", path)).status, 204);
      assert.equal((await login(bob)).status, 200);
      assert.equal((await sql`select from recovery_codes where user_id = ${bob.user.id}`).count, 0);
    });

    await t.step("is kept sealed, and its changes are in the audit log", async () => {
      const ann = await person();
      const { recovery, secret } = await enrolled(world, ann);
      const stored = await storedText(world);
      const bytes = [...Secret.fromBase32(secret).bytes];
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const asText = new TextEncoder().encode(secret);
      const textHex = [...asText].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      for (const each of [secret, hex, textHex, ...recovery]) assert(!stored.includes(each), each);
      const rows = await sql<{ action: string }[]>`
        select distinct action from audit_entries where action like '%second_factor%'
      `;
      assert.deepEqual(rows.map(({ action }) => action).sort(), [
        "user.second_factor_begin",
        "user.second_factor_disable",
        "user.second_factor_enable",
        "user.second_factor_recovery_codes",
        "user.second_factor_reset",
      ]);
      assert.equal((await verifyChain(sql)).ok, true);
    });
  });
});

import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, createAccount, updateAccount } from "../accounts/mod.ts";
import { verifyChain } from "../audit/mod.ts";
import { RateLimitedError, UnauthenticatedError } from "../errors/mod.ts";
import { SESSION_TTL_MS } from "./authenticator.ts";
import type { PasswordHasher } from "./hasher.ts";
import { ORIGIN, PASSWORD, SECRET_KEY, withAuth } from "./testing.ts";
import { readUser, updateUser } from "./users.ts";

Deno.test("signing in on PostgreSQL", async (t) => {
  await withAuth(
    async (
      { actions, advance, auth, elsewhere, hasher, login, make, now, person, root, shop, sql },
    ) => {
      await t.step("a user signs in, in any case, and is who the token says", async () => {
        const user = await person({ email: " Ann@Shop.Test ", language: "es" });
        assert.equal(user.email, "ann@shop.test");
        const tokens = await login("ANN@shop.test");
        assert.equal(tokens.expiresIn, 900);
        assert.deepEqual(await auth.authenticate(`Bearer ${tokens.accessToken}`), {
          accountId: shop.id,
          kind: "user",
          language: "es",
          role: "campaign_manager",
          scope: { ids: [shop.id], kind: "accounts" },
          sessionId: tokens.sessionId,
          userId: user.id,
        });
        assert.equal((await elsewhere.authenticate(tokens.accessToken)).userId, user.id);
        assert.deepEqual((await readUser(sql, ALL_ACCOUNTS, user.id)).lastLoginAt, now());
      });

      await t.step(
        "a wrong password, an unknown address and a too long password read the same",
        async () => {
          const { email } = await person();
          const words = async (input: { email: string; password: string }) => {
            try {
              await auth.login({ ...input, ...ORIGIN });
              return "signed in";
            } catch (error) {
              assert(error instanceof UnauthenticatedError);
              return error.message;
            }
          };
          const wrong = await words({ email, password: "wrong" });
          assert.equal(await words({ email: `${v7()}@nowhere.test`, password: PASSWORD }), wrong);
          assert.equal(await words({ email, password: PASSWORD + "x".repeat(72) }), wrong);
          assert.equal(await words({ email: `${email}\0`, password: PASSWORD }), wrong);
          assert.equal(await words({ email: "x".repeat(100_000), password: "" }), wrong);
          assert.match(wrong, /address or the password is wrong/);
        },
      );

      await t.step("an unknown address costs as many hashes as a known one", async () => {
        const { email } = await person();
        let verified = 0;
        const counting: PasswordHasher = {
          ...hasher,
          verify(password, hash) {
            verified += 1;
            return hasher.verify(password, hash);
          },
        };
        const counted = make({ hasher: counting });
        for (
          const [address, password] of [
            [email, "wrong"],
            [`${v7()}@nowhere.test`, "wrong"],
            [email, "x".repeat(100)],
          ] as const
        ) {
          verified = 0;
          await assert.rejects(
            counted.login({ email: address, password, ip: null, userAgent: null }),
          );
          assert.equal(verified, 1);
        }
      });

      await t.step("guessing is slowed, and success makes it forgotten", async () => {
        const { email } = await person();
        const guess = (password: string) =>
          auth.login({ email, password, ...ORIGIN, ip: "192.0.2.9" });
        for (let n = 0; n < 5; n++) await assert.rejects(guess("wrong"), UnauthenticatedError);
        await assert.rejects(guess(PASSWORD), RateLimitedError);
        advance(2_000);
        await guess(PASSWORD);
        for (let n = 0; n < 4; n++) await assert.rejects(guess("wrong"), UnauthenticatedError);
        await guess(PASSWORD);
      });

      await t.step(
        "a disabled user and a closed account are told so, after the right password only",
        async () => {
          const user = await person();
          const tokens = await login(user.email);
          await updateUser(sql, ALL_ACCOUNTS, user.id, { status: "disabled" });
          await assert.rejects(login(user.email), /may not sign in/);
          await assert.rejects(login(user.email, { password: "wrong" }), /is wrong/);
          await assert.rejects(elsewhere.authenticate(tokens.accessToken), UnauthenticatedError);
          await assert.rejects(auth.refresh(tokens.refreshToken, ORIGIN), UnauthenticatedError);

          const other = await createAccount(sql, ALL_ACCOUNTS, {
            kind: "reseller",
            name: "North",
            parentId: root.id,
          });
          const below = await createAccount(sql, ALL_ACCOUNTS, {
            kind: "customer",
            name: "Below",
            parentId: other.id,
          });
          const { email } = await person({ accountId: below.id });
          await updateAccount(sql, ALL_ACCOUNTS, other.id, { status: "suspended" });
          const second = await login(email);
          await updateAccount(sql, ALL_ACCOUNTS, other.id, { status: "closed" });
          await assert.rejects(login(email), /may not sign in/);
          await assert.rejects(auth.authenticate(second.accessToken), UnauthenticatedError);
        },
      );

      await t.step(
        "another role holds within the cache's time, without another token",
        async () => {
          const user = await person();
          const { accessToken } = await login(user.email);
          assert.equal((await auth.authenticate(accessToken)).role, "campaign_manager");
          await updateUser(sql, ALL_ACCOUNTS, user.id, { role: "analyst" });
          // Still what was read before: a page of requests asks the database once.
          advance(SESSION_TTL_MS - 1);
          assert.equal((await auth.authenticate(accessToken)).role, "campaign_manager");
          assert.equal((await elsewhere.authenticate(accessToken)).role, "analyst");
          advance(1);
          assert.equal((await auth.authenticate(accessToken)).role, "analyst");
        },
      );

      await t.step("no token, an unknown one and a foreign one are refused", async () => {
        for (const bearer of [undefined, null, "", "Bearer ", "Bearer x", "Basic eDp4"]) {
          await assert.rejects(auth.authenticate(bearer), UnauthenticatedError);
        }
        for (const token of ["", "jdr_x", "' or 1=1 --", "\0"]) {
          await assert.rejects(auth.refresh(token, ORIGIN), UnauthenticatedError);
        }
        const { accessToken } = await login((await person()).email);
        const foreign = make({ secretKey: `${SECRET_KEY}x` });
        await assert.rejects(foreign.authenticate(accessToken), UnauthenticatedError);
      });

      await t.step(
        "signing out ends the session here at once, elsewhere within the cache's time",
        async () => {
          for (const by of ["refreshToken", "sessionId"] as const) {
            const user = await person();
            const tokens = await login(user.email);
            const other = await login(user.email);
            await Promise.all(
              [auth, elsewhere].map((each) => each.authenticate(tokens.accessToken)),
            );
            await auth.logout(
              by === "sessionId"
                ? { sessionId: tokens.sessionId }
                : { refreshToken: tokens.refreshToken },
              ORIGIN,
            );
            await assert.rejects(auth.authenticate(tokens.accessToken), UnauthenticatedError);
            advance(SESSION_TTL_MS);
            await assert.rejects(elsewhere.authenticate(tokens.accessToken), UnauthenticatedError);
            await assert.rejects(auth.refresh(tokens.refreshToken, ORIGIN), UnauthenticatedError);
            await auth.authenticate(other.accessToken);
            assert.equal((await actions()).at(-1), "auth.logout");
          }
          await auth.logout({ refreshToken: "jdr_unknown" }, ORIGIN);
          await auth.logout({ sessionId: v7() }, ORIGIN);
        },
      );

      await t.step(
        "sessions are listed with where they come from, and end one by one or all",
        async () => {
          const user = await person();
          const old = await login(user.email, { ip: "192.0.2.20", userAgent: "x".repeat(1_000) });
          advance(1_000);
          const recent = await login(user.email, { ip: "192.0.2.21", userAgent: "Phone" });
          advance(1_000);
          await auth.refresh(recent.refreshToken, { ip: "192.0.2.22", userAgent: "Phone" });
          const [first, second, ...more] = await auth.sessions(user.id);
          assert.deepEqual(more, []);
          assert.equal(first?.id, recent.sessionId);
          assert.deepEqual([first?.ip, first?.lastIp, first?.userAgent], [
            "192.0.2.21",
            "192.0.2.22",
            "Phone",
          ]);
          assert.deepEqual(first?.lastUsedAt, now());
          assert.equal(second?.userAgent?.length, 300);

          const others = { exceptSessionId: recent.sessionId, userId: user.id };
          assert.equal(await auth.revoke(others, "password"), 1);
          await assert.rejects(auth.authenticate(old.accessToken), UnauthenticatedError);
          assert.equal(await auth.revoke({}, "admin"), 0);
          assert.equal(await auth.revoke({ userId: user.id }, "admin"), 1);
          assert.equal((await auth.sessions(user.id)).length, 0);
        },
      );

      await t.step("neither password nor refresh token is in the database", async () => {
        const tokens = await login((await person()).email);
        for (
          const table of ["users", "sessions", "refresh_tokens", "audit_entries", "login_throttle"]
        ) {
          for (const secret of [PASSWORD, tokens.refreshToken, tokens.refreshToken.slice(4)]) {
            const [found] = await sql`
            select from ${sql(table)} as held where strpos(held::text, ${secret}) > 0
          `;
            assert.equal(found, undefined, table);
          }
        }
      });

      await t.step("signing in and out stands in the audit log, which is whole", async () => {
        const seen = new Set(await actions());
        assert.deepEqual([...seen].sort(), ["auth.login", "auth.logout"]);
        assert((await verifyChain(sql)).ok);
      });
    },
  );
});

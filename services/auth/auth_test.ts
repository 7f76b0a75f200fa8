import assert from "node:assert/strict";
import { v7 } from "uuid";
import { ALL_ACCOUNTS, createAccount, ensureRoot, updateAccount } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import { verifyChain } from "../audit/mod.ts";
import {
  ConflictError,
  NotFoundError,
  RateLimitedError,
  UnauthenticatedError,
  ValidationError,
} from "../errors/mod.ts";
import { createAuth, SESSION_TTL_MS } from "./auth.ts";
import { type PasswordHasher, passwordHasher } from "./hasher.ts";
import { GRACE_SECONDS, REFRESH_SECONDS } from "./refresh.ts";
import { pruneSessions } from "./sessions.ts";
import {
  createUser,
  findUser,
  hasAnyUser,
  listUsers,
  readUser,
  setPassword,
  updateUser,
} from "./users.ts";

const SECRET_KEY = "0123456789abcdef0123456789abcdef";
const PASSWORD = "correct horse";
const ORIGIN = { ip: "192.0.2.1", userAgent: "test" };

Deno.test("signing in on PostgreSQL", async (t) => {
  const hasher = passwordHasher({ cost: 4 });
  await withDatabase(async (sql) => {
    let now = new Date("2030-01-01T00:00:00Z");
    const advance = (ms: number) => now = new Date(now.getTime() + ms);
    const make = (secretKey = SECRET_KEY) =>
      createAuth({ clock: () => now, hasher, secretKey, sql });
    const auth = make();
    /** Another process: it shares nothing but the database and the key. */
    const elsewhere = make();

    const root = await ensureRoot(sql);
    const shop = await createAccount(sql, ALL_ACCOUNTS, {
      kind: "customer",
      name: "Shop",
      parentId: root.id,
    });
    const person = (more = {}) =>
      createUser(sql, hasher, {
        accountId: shop.id,
        email: `${v7()}@shop.test`,
        name: "Ann",
        password: PASSWORD,
        role: "campaign_manager",
        ...more,
      });
    const login = (email: string, more = {}) =>
      auth.login({ email, password: PASSWORD, ...ORIGIN, ip: `2001:db8:${++places}::1`, ...more });
    let places = 0;
    const actions = async () =>
      (await sql<{ action: string }[]>`select action from audit_entries order by seq`)
        .map((each) => each.action);

    await t.step("before the first user there is none", async () => {
      assert.equal(await hasAnyUser(sql), false);
      await person();
      assert.equal(await hasAnyUser(sql), true);
    });

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
      assert.deepEqual((await readUser(sql, ALL_ACCOUNTS, user.id)).lastLoginAt, now);
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
      const counted = createAuth({
        clock: () => now,
        hasher: counting,
        secretKey: SECRET_KEY,
        sql,
      });
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

    await t.step("another role holds within the cache's time, without another token", async () => {
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
    });

    await t.step("an access token expires, and a refresh gives another pair", async () => {
      const { email } = await person();
      const first = await login(email);
      advance(900_000);
      await assert.rejects(auth.authenticate(first.accessToken), /expired/);
      const second = await elsewhere.refresh(first.refreshToken, ORIGIN);
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.equal(second.sessionId, first.sessionId);
      assert.equal((await auth.authenticate(second.accessToken)).sessionId, first.sessionId);
    });

    await t.step(
      "64 refreshes at once with one token give one pair's successor, and all go on",
      async () => {
        const first = await login((await person()).email);
        const pairs = await Promise.all(
          Array.from(
            { length: 64 },
            (_, n) => (n % 2 === 0 ? auth : elsewhere).refresh(first.refreshToken, ORIGIN),
          ),
        );
        assert.equal(
          new Set(pairs.map((pair) => pair.refreshToken)).size,
          1,
        );
        const [row] = await sql<{ tokens: bigint }[]>`
        select count(*) as tokens from refresh_tokens where session_id = ${first.sessionId}
      `;
        assert.equal(row?.tokens, 2n);
        await auth.refresh(pairs[0]?.refreshToken ?? "", ORIGIN);
      },
    );

    await t.step(
      "a lost answer may be asked for again until its token is used or the grace is over",
      async () => {
        const first = await login((await person()).email);
        const second = await auth.refresh(first.refreshToken, ORIGIN);
        advance(GRACE_SECONDS * 1000);
        const again = await auth.refresh(first.refreshToken, ORIGIN);
        assert.equal(again.refreshToken, second.refreshToken);
        advance(1);
        await assert.rejects(auth.refresh(first.refreshToken, ORIGIN), UnauthenticatedError);
        await assert.rejects(auth.refresh(second.refreshToken, ORIGIN), UnauthenticatedError);
      },
    );

    await t.step("a token whose successor was used ends the family, grace or not", async () => {
      const first = await login((await person()).email);
      const second = await auth.refresh(first.refreshToken, ORIGIN);
      const third = await auth.refresh(second.refreshToken, ORIGIN);
      await assert.rejects(elsewhere.refresh(first.refreshToken, ORIGIN), UnauthenticatedError);
      await assert.rejects(auth.refresh(third.refreshToken, ORIGIN), UnauthenticatedError);
      await assert.rejects(elsewhere.authenticate(third.accessToken), UnauthenticatedError);
      assert.equal((await actions()).at(-1), "auth.refresh_reuse");
    });

    await t.step("a thief within the grace is found out by the next use", async () => {
      const stolen = await login((await person()).email);
      const owner = await auth.refresh(stolen.refreshToken, ORIGIN);
      const thief = await elsewhere.refresh(stolen.refreshToken, ORIGIN);
      advance(900_000);
      await elsewhere.refresh(thief.refreshToken, ORIGIN);
      advance(900_000);
      await assert.rejects(auth.refresh(owner.refreshToken, ORIGIN), UnauthenticatedError);
      const [row] = await sql<{ reason: string }[]>`
        select revoke_reason as reason from sessions where id = ${stolen.sessionId}
      `;
      assert.equal(row?.reason, "reuse");
    });

    await t.step("reuse in one family leaves the user's other sessions alone", async () => {
      const { email } = await person();
      const [one, other] = [await login(email), await login(email)];
      const next = await auth.refresh(one.refreshToken, ORIGIN);
      await auth.refresh(next.refreshToken, ORIGIN);
      await assert.rejects(auth.refresh(one.refreshToken, ORIGIN));
      await auth.refresh(other.refreshToken, ORIGIN);
    });

    await t.step("a refresh token lives 30 days from its last use", async () => {
      const first = await login((await person()).email);
      advance(REFRESH_SECONDS * 1000 - 1);
      const second = await auth.refresh(first.refreshToken, ORIGIN);
      advance(REFRESH_SECONDS * 1000);
      await assert.rejects(auth.refresh(second.refreshToken, ORIGIN), UnauthenticatedError);
      advance(1);
      assert(await pruneSessions(sql, now) > 0);
      const [left] = await sql`
        select from refresh_tokens where session_id = ${first.sessionId}
      `;
      assert.equal(left, undefined);
    });

    await t.step("no token, an unknown one and a foreign one are refused", async () => {
      for (const bearer of [undefined, null, "", "Bearer ", "Bearer x", "Basic eDp4"]) {
        await assert.rejects(auth.authenticate(bearer), UnauthenticatedError);
      }
      for (const token of ["", "jdr_x", "' or 1=1 --", "\0"]) {
        await assert.rejects(auth.refresh(token, ORIGIN), UnauthenticatedError);
      }
      const { accessToken } = await login((await person()).email);
      const foreign = make(`${SECRET_KEY}x`);
      await assert.rejects(foreign.authenticate(accessToken), UnauthenticatedError);
    });

    await t.step(
      "signing out ends the session here at once, elsewhere within the cache's time",
      async () => {
        for (const by of ["refreshToken", "sessionId"] as const) {
          const user = await person();
          const tokens = await login(user.email);
          const other = await login(user.email);
          await Promise.all([auth, elsewhere].map((each) => each.authenticate(tokens.accessToken)));
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
        assert.deepEqual(first?.lastUsedAt, now);
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
        const moved = createAuth({ clock: () => now, hasher: dearer, secretKey: SECRET_KEY, sql });
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

    await t.step(
      "users: one of each address, in their scope, a super admin at the root only",
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

    await t.step("all of it stands in the audit log, which is whole", async () => {
      const seen = new Set(await actions());
      assert.deepEqual([...seen].sort(), ["auth.login", "auth.logout", "auth.refresh_reuse"]);
      assert((await verifyChain(sql)).ok);
    });
  }).finally(() => hasher.close());
});

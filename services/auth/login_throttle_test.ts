import assert from "node:assert/strict";
import fc from "fast-check";
import { createAccount, ensureRoot } from "../accounts/mod.ts";
import { ALL_ACCOUNTS } from "../accounts/mod.ts";
import { withDatabase } from "../accounts/testing.ts";
import { RateLimitedError } from "../errors/mod.ts";
import {
  blockSeconds,
  countAttempt,
  FORGET_SECONDS,
  placeOf,
  pruneThrottle,
  THROTTLE_RULES,
} from "./login_throttle.ts";
import { insertSession } from "./sessions.ts";

Deno.test("a place is an IPv4 address or an IPv6 network", () => {
  const cases = [
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["unix", "unknown"],
    ["", "unknown"],
    [null, "unknown"],
  ] as const;
  for (const [ip, place] of cases) assert.equal(placeOf(ip), place, String(ip));
});

Deno.test("addresses of one /64 are one place, others aren't", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  const four = fc.tuple(group, group, group, group).map((groups) => groups.join(":"));
  fc.assert(fc.property(four, four, four, (network, left, right) => {
    fc.pre(network !== "0:0:0:0");
    assert.equal(placeOf(`${network}:${left}`), placeOf(`${network}:${right}`));
    assert.equal(placeOf(`${network}:${left}`), `${network}::/64`);
  }));
});

Deno.test("a block doubles up to its cap, and is never for ever", () => {
  const { pair, email } = THROTTLE_RULES;
  assert.deepEqual([1, 4, 5, 6, 7, 8].map((n) => blockSeconds(pair, n)), [0, 0, 2, 4, 8, 16]);
  assert.equal(blockSeconds(pair, 1_000_000), 900);
  assert.equal(blockSeconds(email, 1_000_000), 60);
});

Deno.test("throttling on PostgreSQL", async (t) => {
  await withDatabase(async (sql) => {
    const start = new Date("2030-01-01T00:00:00Z");
    const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
    const attempt = (email: string, ip: string | null, seconds = 0) =>
      countAttempt(sql, email, ip, after(seconds));
    const waits = async (email: string, ip: string | null, seconds = 0): Promise<number> => {
      try {
        await attempt(email, ip, seconds);
        return 0;
      } catch (error) {
        assert(error instanceof RateLimitedError);
        return error.retryAfterSeconds;
      }
    };

    await t.step("the sixth attempt waits, twice as long each time", async () => {
      for (let n = 0; n < 5; n++) assert.equal(await waits("a@x.test", "192.0.2.1"), 0);
      assert.equal(await waits("a@x.test", "192.0.2.1"), 2);
      assert.equal(await waits("a@x.test", "192.0.2.1", 1.5), 1);
      assert.equal(await waits("a@x.test", "192.0.2.1", 2), 0);
      assert.equal(await waits("a@x.test", "192.0.2.1", 2), 4);
      assert.equal(await waits("a@x.test", "192.0.2.1", 6), 0);
      assert.equal(await waits("a@x.test", "192.0.2.1", 6), 8);
    });

    await t.step(
      "a wrong attempt is told how many are left, then how long the pause is",
      async () => {
        const told = [];
        for (let n = 0; n < 5; n++) told.push((await attempt("left@x.test", "192.0.2.9")).ifWrong);
        assert.deepEqual(told, [
          ...[4, 3, 2, 1].map((triesLeft) => ({ triesLeft, pauseSeconds: 0 })),
          { triesLeft: 0, pauseSeconds: 2 },
        ]);
      },
    );

    await t.step("another address and another place aren't held by it", async () => {
      assert.equal(await waits("b@x.test", "192.0.2.1", 6), 0);
      assert.equal(await waits("a@x.test", "192.0.2.2", 6), 0);
    });

    await t.step("a thousand at once don't slip through: as many pass as one by one", async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, () => attempt("c@x.test", "192.0.2.3")),
      );
      assert.equal(results.filter((each) => each.status === "fulfilled").length, 5);
    });

    await t.step("a success clears the address", async () => {
      for (let n = 0; n < 4; n++) await attempt("d@x.test", "192.0.2.4");
      const right = await attempt("d@x.test", "192.0.2.4");
      await sql.begin((tx) => right.succeeded(tx));
      for (let n = 0; n < 5; n++) assert.equal(await waits("d@x.test", "192.0.2.4"), 0);
      assert.equal(await waits("d@x.test", "192.0.2.4"), 2);
    });

    await t.step("one password over many addresses is held by the place", async () => {
      let passed = 0;
      while (passed < 99 && await waits(`e${passed}@x.test`, "192.0.2.5") === 0) passed += 1;
      assert.equal(passed, THROTTLE_RULES.ip.free);
    });

    await t.step("signing in as oneself between guesses doesn't clear the place", async () => {
      let passed = 0;
      while (passed < 99 && await waits(`f${passed}@x.test`, "2001:db8::1") === 0) {
        passed += 1;
        if (passed % 4 !== 0) continue;
        const own = await attempt("own@x.test", "2001:db8::2").catch(() => undefined);
        if (own !== undefined) await sql.begin((tx) => own.succeeded(tx));
      }
      assert(passed <= THROTTLE_RULES.ip.free + 1, String(passed));
    });

    await t.step(
      "many places on one address are slowed, but not to more than a minute",
      async () => {
        let seconds = 0;
        let longest = 0;
        let place = 0;
        for (let tries = 0; tries < 200; tries++) {
          const wait = await waits("g@x.test", `198.51.100.${place}`, seconds);
          longest = Math.max(longest, wait);
          seconds += wait;
          if (wait === 0) place += 1;
        }
        assert(place > 60, `${place} got through`);
        assert.equal(longest, THROTTLE_RULES.email.capSeconds);
      },
    );

    await t.step(
      "and don't lock the owner out of a place where the owner has signed in",
      async () => {
        const root = await ensureRoot(sql);
        const { id: accountId } = await createAccount(sql, ALL_ACCOUNTS, {
          kind: "customer",
          name: "Shop",
          parentId: root.id,
        });
        const [user] = await sql<{ id: string }[]>`
        insert into users (id, account_id, email, name, role, password_hash)
        values (${accountId}, ${accountId}, 'h@x.test', 'H', 'client', 'x') returning id
      `;
        assert(user !== undefined);
        await sql.begin((tx) =>
          insertSession(tx, {
            id: accountId,
            ip: "203.0.113.9",
            now: start,
            userAgent: null,
            userId: user.id,
          })
        );
        let n = 0;
        while (n < 99 && await waits("h@x.test", `198.51.100.${n}`) === 0) n += 1;
        assert.equal(n, THROTTLE_RULES.email.free);
        assert.equal(await waits("h@x.test", "203.0.113.9"), 0);
        assert(await waits("h@x.test", "203.0.113.10") > 0);
      },
    );

    await t.step("an hour of quiet is forgotten, and then dropped", async () => {
      const quiet = 86_400;
      assert.equal(await waits("a@x.test", "192.0.2.1", quiet), 0);
      for (let n = 0; n < 3; n++) await attempt("a@x.test", "192.0.2.1", quiet);
      assert.equal(await waits("a@x.test", "192.0.2.1", quiet), 0);
      assert.equal(await waits("a@x.test", "192.0.2.1", quiet), 2);
      await pruneThrottle(sql, after(quiet + FORGET_SECONDS - 1));
      const [kept] = await sql<{ rows: bigint }[]>`select count(*) as rows from login_throttle`;
      assert.equal(kept?.rows, 3n);
      await pruneThrottle(sql, after(quiet + FORGET_SECONDS + 10));
      const [left] = await sql<{ rows: bigint }[]>`select count(*) as rows from login_throttle`;
      assert.equal(left?.rows, 0n);
    });
  });
});

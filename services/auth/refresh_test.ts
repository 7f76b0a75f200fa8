import assert from "node:assert/strict";
import { UnauthenticatedError } from "../errors/mod.ts";
import { GRACE_SECONDS, REFRESH_SECONDS } from "./refresh.ts";
import { pruneSessions } from "./sessions.ts";
import { ORIGIN, withAuth } from "./testing.ts";

Deno.test("refreshing on PostgreSQL", async (t) => {
  await withAuth(async ({ actions, advance, auth, elsewhere, login, now, person, sql }) => {
    await t.step("an access token expires, and a refresh gives another pair", async () => {
      const { email } = await person();
      const first = await login(email);
      advance(900_000);
      await assert.rejects(auth.authenticate(first.accessToken), /expired/);
      const second = await elsewhere.refresh(first.refreshToken, ORIGIN);
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.equal(second.sessionId, first.sessionId);
      const caller = await auth.authenticate(second.accessToken);
      assert(caller.kind === "user");
      assert.equal(caller.sessionId, first.sessionId);
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
      assert(await pruneSessions(sql, now()) > 0);
      const [left] = await sql`
        select from refresh_tokens where session_id = ${first.sessionId}
      `;
      assert.equal(left, undefined);
    });
  });
});

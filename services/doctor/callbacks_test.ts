import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { v7 } from "uuid";
import { ensureRoot } from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { saveSeenConnectors } from "../gateway/mod.ts";
import { callbacksArrive, hookAnswers, judgeCallbacks, unreachableHook } from "./callbacks.ts";
import { closedPort, Installation } from "./testing.ts";

/** Messages that were accepted so many seconds ago; those of `called` have a callback. */
async function accepted(
  sql: Sql,
  count: number,
  { called = 0, secondsAgo = 120 } = {},
): Promise<void> {
  const { id: accountId } = await ensureRoot(sql);
  for (let number = 0; number < count; number++) {
    const id = v7();
    await sql`
      insert into messages (id, account_id, recipient, body, charset, parts, state, state_since,
        expires_at, created_at, accepted_at)
      values (${id}, ${accountId}, '+34600000001', 'x', 'gsm7', 1, 'accepted', now(),
        now() + interval '1 hour', now(),
        clock_timestamp() - make_interval(secs => ${secondsAgo}))`;
    if (number >= called) continue;
    await sql`
      insert into message_events (message_id, fingerprint, at, signal)
      values (${id}, 'dlr:1:ESME_ROK:op_1', clock_timestamp(), 'submitted')`;
  }
}

async function bind(sql: Sql): Promise<void> {
  await saveSeenConnectors(sql, "main", [
    { cid: "op_1", service: "started", session: "BOUND_TRX", starts: 1, stops: 0 },
  ]);
}

describe("doctor on callbacks", () => {
  it("waits for messages that prove something", async () => {
    await using place = await Installation.start();
    assert.equal((await place.examine(callbacksArrive)).outcome, "skipped");
    await accepted(place.database.sql, 6, { secondsAgo: 10 });
    assert.equal((await place.examine(callbacksArrive)).outcome, "skipped");
  });

  it("fails on five accepted messages of which no callback came", async () => {
    await using place = await Installation.start();
    const { sql } = place.database;
    await bind(sql);
    await accepted(sql, 4);
    const few = await place.examine(callbacksArrive);
    assert.equal(few.outcome, "warn");
    await accepted(sql, 1);
    const result = await place.examine(callbacksArrive);
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /0 of 5 messages/);
    assert.match(result.mend ?? "", /--enable-dlr-thrower.+HOOK_URL.+0\.11\.1/s);
    await accepted(sql, 1, { called: 1 });
    const better = await place.examine(callbacksArrive);
    assert.equal(better.outcome, "ok");
    assert.match(better.got, /1 of 6 messages/);
  });

  it("blames no callback on a gateway without a bound connector", async () => {
    await using place = await Installation.start();
    await accepted(place.database.sql, 6);
    const result = await place.examine(callbacksArrive);
    assert.equal(result.outcome, "warn");
    assert.match(result.mend ?? "", /Start a connector/);
  });

  it("finds that they stopped", () => {
    const now = Date.now();
    const evidence = {
      accepted: 200,
      called: 150,
      silent: 50,
      lastAcceptedAt: new Date(now - 60_000),
      lastCallAt: new Date(now - 3_600_000),
    };
    assert.equal(judgeCallbacks(evidence, 1, now).outcome, "fail");
    // A backlog in the gateway: the newest wait, those before are called.
    const backlog = { ...evidence, lastCallAt: new Date(now - 2_000) };
    assert.equal(judgeCallbacks(backlog, 1, now).outcome, "ok");
  });
});

describe("doctor on HOOK_URL", () => {
  it("sends a signed callback and leaves nothing that is applied to a message", async () => {
    await using place = await Installation.start();
    const result = await place.examine(hookAnswers);
    assert.equal(result.outcome, "ok", result.got);
    const rows = await place.database.sql`select kind, payload from inbound_callbacks`;
    assert.deepEqual(rows.map((row) => ({ ...row })), [{ kind: "dlr", payload: { id: "doctor" } }]);
  });

  it("finds a closed port while the service runs, and skips it while nothing does", async () => {
    await using place = await Installation.start();
    const hookUrl = `http://127.0.0.1:${closedPort()}`;
    const alone = await place.examine(hookAnswers, { hookUrl });
    assert.equal(alone.outcome, "skipped");
    await place.holdGateway();
    const result = await place.examine(hookAnswers, { hookUrl });
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /refused/);
    assert.match(result.mend ?? "", /set HOOK_URL/);
  });

  it("finds a service of another SECRET_KEY, and shows no signature", async () => {
    await using place = await Installation.start();
    const result = await place.examine(hookAnswers, {
      secretKey: "another-secret-key-0123456789-0123456789",
    });
    assert.equal(result.outcome, "fail");
    assert.match(result.got, /HTTP 404/);
    assert.match(result.mend ?? "", /SECRET_KEY/);
    assert.doesNotMatch(JSON.stringify(result), /hooks\/jasmin\/dlr\/./);
  });

  it("knows an address that means the gateway's own host", () => {
    assert.match(
      unreachableHook("http://127.0.0.1:8000", "sms.example.com") ?? "",
      /Set HOOK_URL to an address by which sms\.example\.com/,
    );
    assert.equal(unreachableHook("http://127.0.0.1:8000", "127.0.0.1"), null);
    assert.equal(unreachableHook("http://[::1]:8000", "localhost"), null);
    assert.equal(unreachableHook("https://dash.example.com", "sms.example.com"), null);
  });
});

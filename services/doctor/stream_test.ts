import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type TestDatabase, testDatabase } from "../accounts/testing.ts";
import { setLogLevel } from "../log/mod.ts";
import { RedisServer } from "../stream/testing/redis_server.ts";
import type { Check, CheckResult } from "./model.ts";
import { redisMemory, redisPersistence, streamReachable } from "./stream.ts";
import { closedPort, examineOnce, testConfig } from "./testing.ts";

describe("doctor on the stream", () => {
  let database: TestDatabase;
  let redis: RedisServer;

  before(async () => {
    setLogLevel("silent");
    database = await testDatabase({ max: 2 });
    redis = await RedisServer.start("--requirepass", "", "--maxmemory-policy", "noeviction");
  });
  after(async () => {
    await redis.stop();
    await database.close();
  });

  function examine(check: Check, url?: string): Promise<CheckResult> {
    const config = testConfig(url === undefined ? {} : { REDIS_URL: url });
    return examineOnce(check, config, { url: database.url });
  }

  it("takes the stream in PostgreSQL when there is no REDIS_URL", async () => {
    const result = await examine(streamReachable);
    assert.equal(result.outcome, "ok", result.got);
    assert.equal((await examine(redisMemory)).outcome, "skipped");
    assert.equal((await examine(redisPersistence)).outcome, "skipped");
  });

  it("finds Redis well and tells what it keeps", async () => {
    assert.match((await examine(streamReachable, redis.url)).got, /^Redis \d+\.\d+/);
    assert.equal((await examine(redisMemory, redis.url)).outcome, "ok");
    const nothing = await examine(redisPersistence, redis.url);
    assert.equal(nothing.outcome, "ok");
    assert.match(nothing.got, /Nothing is kept on disk/);
    await redis.command("CONFIG", "SET", "appendonly", "yes");
    assert.match((await examine(redisPersistence, redis.url)).got, /append-only file/);
    await redis.command("CONFIG", "SET", "appendonly", "no");
  });

  it("names the mend of a policy that drops the stream", async () => {
    await redis.command("CONFIG", "SET", "maxmemory", "100mb");
    await redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      const result = await examine(redisMemory, redis.url);
      assert.equal(result.outcome, "fail");
      assert.match(result.mend ?? "", /maxmemory-policy noeviction/);
    } finally {
      await redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  });

  it("names the mend of a closed port and of a wrong password, and doesn't show it", async () => {
    const closed = await examine(streamReachable, `redis://127.0.0.1:${closedPort()}`);
    assert.equal(closed.outcome, "fail");
    assert.match(closed.mend ?? "", /Start Redis/);
    await redis.command("ACL", "SETUSER", "app", "on", ">right-password", "~*", "+@all");
    const wrong = await examine(
      streamReachable,
      redis.url.replace("//", "//app:wrong-password@"),
    );
    assert.equal(wrong.outcome, "fail");
    assert.match(wrong.mend ?? "", /Correct the user or password in REDIS_URL/);
    assert.doesNotMatch(JSON.stringify(wrong), /wrong-password/);
  });
});

import assert from "node:assert/strict";
import { judgeMemory, judgePersistence, judgeVersion, parseInfo } from "./redis_info.ts";

Deno.test("parseInfo() reads values with colons and skips sections", () => {
  assert.deepEqual(
    parseInfo("# Server\r\nredis_version:7.0.15\r\nexecutable:/a:b\r\n\r\n# Memory\r\nmaxmemory:0"),
    { redis_version: "7.0.15", executable: "/a:b", maxmemory: "0" },
  );
});

Deno.test("judgeVersion() wants 6.2", () => {
  const outcome = (version: string) =>
    judgeVersion({ redis_version: version }, "Tried", "1 ms").outcome;
  assert.deepEqual(["5.0.9", "6.0.16", "6.2.0", "7.0.15", "10.0.0", "?"].map(outcome), [
    "fail",
    "fail",
    "ok",
    "ok",
    "ok",
    "fail",
  ]);
});

Deno.test("judgeMemory() fails only where the stream can go", () => {
  const outcome = (policy: string, maxmemory: string) =>
    judgeMemory({ maxmemory_policy: policy, maxmemory }).outcome;
  assert.equal(outcome("noeviction", "0"), "ok");
  assert.equal(outcome("noeviction", "1000"), "ok");
  assert.equal(outcome("allkeys-lru", "0"), "warn");
  assert.equal(outcome("volatile-lru", "1000"), "warn");
  assert.equal(outcome("allkeys-lfu", "1000"), "fail");
});

Deno.test("judgePersistence() fails when Redis can't write what it should", () => {
  const failed = judgePersistence({ aof_enabled: "0", rdb_last_bgsave_status: "err" }, "60 1");
  assert.equal(failed.outcome, "fail");
  assert.match(failed.mend ?? "", /disk is full/);
  assert.equal(
    judgePersistence({ aof_enabled: "1", aof_last_write_status: "err" }, "").outcome,
    "fail",
  );
  assert.equal(judgePersistence({ loading: "1" }, "").outcome, "warn");
  assert.match(judgePersistence({ aof_enabled: "0" }, null).got, /may not be read/);
  assert.match(
    judgePersistence({ aof_enabled: "1" }, "60 1").got,
    /append-only file and snapshots/,
  );
});

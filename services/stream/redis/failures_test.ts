import assert from "node:assert/strict";
import { ErrorReply } from "redis";
import { UnavailableError } from "../../errors/mod.ts";
import { DeadlineError, isReply, isTransient, isUnusable } from "./failures.ts";

const TRANSIENT = [
  "LOADING Redis is loading the dataset in memory",
  "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
  "READONLY You can't write against a read only replica.",
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  "NOREPLICAS Not enough good replicas to write.",
  "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
  "OOM command not allowed when used memory > 'maxmemory'.",
  "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
  // As Redis 6.2 reports what a script met.
  "ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write against a read only replica.",
];

const FINAL = [
  "WRONGTYPE Operation against a key holding the wrong kind of value",
  "ERR syntax error",
  "NOGROUP No such key 'x' or consumer group 'g'",
  "NOSCRIPT No matching script. Please use EVAL.",
  "NOPERM this user has no permissions to run the 'xadd' command",
  "ERR unknown command 'LOADINGX'",
];

Deno.test("a reply that says 'not now' is repeated, any other is not", () => {
  for (const reply of TRANSIENT) assert.ok(isTransient(new ErrorReply(reply)), reply);
  for (const reply of FINAL) assert.ok(!isTransient(new ErrorReply(reply)), reply);
});

Deno.test("failures of the connection are repeated, our own verdicts are not", () => {
  assert.ok(isTransient(new Error("Socket closed unexpectedly")));
  assert.ok(isTransient(new DeadlineError("late")));
  assert.ok(!isTransient(new UnavailableError("The stream is closed")));
  assert.ok(!isTransient(new TypeError("not a list")));
});

Deno.test("refusals of the user are told apart", () => {
  assert.ok(isUnusable(new ErrorReply("WRONGPASS invalid username-password pair")));
  assert.ok(isUnusable(new ErrorReply("NOAUTH Authentication required.")));
  assert.ok(!isUnusable(new ErrorReply("ERR syntax error")));
  assert.ok(isReply(new ErrorReply("NOGROUP No such key"), "NOGROUP"));
  assert.ok(!isReply(new Error("NOGROUP No such key"), "NOGROUP"));
});

import assert from "node:assert/strict";
import { CHECKS } from "./checks.ts";
import { connectionsNeeded } from "./connections.ts";
import type { Check } from "./model.ts";
import { runChecks, withoutSecrets } from "./run.ts";
import { Surroundings } from "./surroundings.ts";
import { testConfig } from "./testing.ts";
import { duration } from "./words.ts";

function surroundings(): Surroundings {
  return new Surroundings({
    config: testConfig({ JASMIN_PASSWORD: "s3cret-of-jcli" }),
    database: { missing: "none", mend: "none" },
  });
}

const check = (id: string, run: Check["run"], deadlineMs = 1_000): Check => ({
  id,
  title: `Title of ${id}`,
  deadlineMs,
  run,
});

Deno.test("runChecks() makes a check that hangs or throws a failure, and goes on", async () => {
  await using at = surroundings();
  const results = await runChecks([
    check("hangs", () => new Promise(() => {}), 20),
    check("throws", () => Promise.reject(new Error("broken"))),
    check("works", () => Promise.resolve({ outcome: "ok", tried: "a", got: "b" })),
  ], at);
  assert.deepEqual(results.map(({ id, outcome, got }) => [id, outcome, got]), [
    ["hangs", "fail", "No answer within 20 ms"],
    ["throws", "fail", "broken"],
    ["works", "ok", "b"],
  ]);
});

Deno.test("runChecks() shows no secret, whoever's words it comes in", async () => {
  await using at = surroundings();
  at.secrets.add("found-on-the-way");
  const [result] = await runChecks([
    check("leaks", () =>
      Promise.resolve({
        outcome: "fail",
        tried: "logged in with s3cret-of-jcli",
        got: "s3cret-of-jcli and found-on-the-way",
        mend: "found-on-the-way",
      })),
  ], at);
  assert.doesNotMatch(JSON.stringify(result), /s3cret|found-on/);
});

Deno.test("withoutSecrets() leaves words alone that are too short to be one", () => {
  assert.equal(withoutSecrets("a database", ["a", "data", ""]), "a [secret]base");
});

Deno.test("without a database and a gateway every check still ends with a finding", async () => {
  await using at = new Surroundings({
    config: testConfig({ JASMIN_HTTP_PORT: "1", JASMIN_TELNET_PORT: "1" }),
    database: { missing: "There is no database", mend: "Make one" },
  });
  const results = await runChecks(CHECKS, at);
  assert.deepEqual(
    results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id),
    ["postgresql", "gateway-http", "metrics"],
  );
  assert.equal(results.length, new Set(results.map(({ id }) => id)).size);
});

Deno.test("connectionsNeeded() counts each ingest worker and each listener", () => {
  assert.equal(connectionsNeeded({ parts: ["web"], ingestWorkers: 1 }), 13);
  assert.equal(connectionsNeeded({ parts: ["ingest"], ingestWorkers: 3 }), 15);
});

Deno.test("duration() picks the unit that people read", () => {
  assert.deepEqual([0.54, 27.3, 2_500, 150_000, 9_000_000].map(duration), [
    "0.5 ms",
    "27 ms",
    "2.5 s",
    "3 min",
    "3 h",
  ]);
});

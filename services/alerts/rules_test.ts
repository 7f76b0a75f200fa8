import assert from "node:assert/strict";
import {
  connectorConditions,
  deliveryConditions,
  isDue,
  RULES,
  serviceConditions,
} from "./rules.ts";

const T = new Date("2030-01-01T00:00:00Z");
const later = (ms: number) => new Date(T.getTime() + ms);

Deno.test("a bind that was lost is told after 2 s, one that never came after a minute", () => {
  const [lost, never] = connectorConditions([
    { cid: "a", state: "binding", since: later(900), lostAt: T, lastError: "gone" },
    { cid: "b", state: "down", since: T, lostAt: null, lastError: null },
  ]);
  assert.ok(lost && never);
  assert.equal(lost.since, T, "trying again is no new loss");
  assert.deepEqual(
    [1_999, 2_000].map((ms) => isDue(lost, later(ms))),
    [false, true],
  );
  assert.deepEqual(
    [59_999, 60_000].map((ms) => isDue(never, later(ms))),
    [false, true],
  );
});

Deno.test("a service is down when it says so, and when its watcher is silent", () => {
  const service = (name: string, state: "up" | "down" | "unknown") => ({
    name,
    state,
    since: T,
    seenAt: later(5_000),
    detail: "why",
  });
  const found = serviceConditions([
    service("jcli", "up"),
    service("stream", "down"),
    service("gateway-http", "unknown"),
  ]);
  assert.deepEqual(
    found.map(({ subject, since }) => [subject, since.getTime() - T.getTime()]),
    [["stream", 0], ["gateway-http", 5_000]],
  );
});

Deno.test("a delivery rate opens below one threshold and closes at another", () => {
  const { below, over, least } = RULES.deliveryRate;
  const at = (rate: number, total: number = 1_000) => ({
    delivered: Math.round(rate * total),
    failed: total - Math.round(rate * total),
    at: T,
  });
  const found = (rate: number, since?: Date, open = false, total?: number) =>
    deliveryConditions(at(rate, total), since, open).length > 0;
  assert.equal(found(below - 0.01), true);
  assert.equal(found(below + 0.01), false);
  assert.equal(found(below + 0.01, T), true, "it was too low a moment ago");
  assert.equal(found(below + 0.01, undefined, true), true, "there is an incident");
  assert.equal(found(over, T, true), false);
  assert.equal(found(0, undefined, false, least - 1), false, "too few to tell");
  assert.equal(deliveryConditions(at(0.1), later(-9), false)[0]?.since.getTime(), T.getTime() - 9);
});

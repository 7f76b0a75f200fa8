import assert from "node:assert/strict";
import { connectionState, isStale } from "./connection.ts";

Deno.test("3 s of silence: connecting again; 15 s: stale; the network's word counts after that", () => {
  const now = 100_000;
  const table: [number | null, boolean, string][] = [
    [null, true, "connecting"],
    [null, false, "offline"],
    [now, true, "live"],
    [now - 3_000, false, "live"],
    [now - 3_001, true, "again"],
    [now - 15_000, true, "again"],
    [now - 15_001, true, "stale"],
    [now - 15_001, false, "offline"],
    [now + 500, true, "live"],
  ];
  for (const [heardAt, online, expected] of table) {
    assert.equal(connectionState(heardAt, now, online), expected, `${heardAt}`);
  }
  assert.equal(isStale(null, now), false);
  assert.equal(isStale(now - 15_000, now), false);
  assert.equal(isStale(now - 15_001, now), true);
});

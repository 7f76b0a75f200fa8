import assert from "node:assert/strict";
import { momentIn } from "./typed_moment.ts";

Deno.test("a moment is of the zone in which it is typed", () => {
  assert.equal(
    momentIn("2026-07-01T12:00", "Europe/Madrid")?.toISOString(),
    "2026-07-01T10:00:00.000Z",
  );
  assert.equal(
    momentIn("2026-01-01T12:00", "Europe/Madrid")?.toISOString(),
    "2026-01-01T11:00:00.000Z",
  );
  assert.equal(momentIn("yesterday", "UTC"), null);
  assert.equal(momentIn("", "UTC"), null);
  assert.equal(momentIn(null, "UTC"), null);
});

import assert from "node:assert/strict";
import { filterOf } from "./filter.ts";

const NOW = new Date("2026-04-14T12:00:00Z");
const filter = (query: string, zone = "Europe/Madrid") =>
  filterOf(new URLSearchParams(query), NOW, zone);

Deno.test("an own range is of the zone in which times are shown", () => {
  assert.deepEqual(filter("range=custom&from=2026-04-14T10:00&to=2026-04-14T11:30"), {
    since: new Date("2026-04-14T08:00:00Z"),
    until: new Date("2026-04-14T09:30:00Z"),
  });
  assert.deepEqual(filter("range=custom&from=2026-04-14T10:00&to=", "UTC"), {
    since: new Date("2026-04-14T10:00:00Z"),
  });
});

Deno.test("a preset ends now, and what makes no sense doesn't narrow", () => {
  assert.deepEqual(filter("range=hour&from=2026-01-01T00:00"), {
    since: new Date("2026-04-14T11:00:00Z"),
  });
  assert.deepEqual(filter("range=century&from=soon&actor=me&type=&action=%20"), {});
  assert.deepEqual(filter("range=custom&from=soon&to=later"), {});
});

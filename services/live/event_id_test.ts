import assert from "node:assert/strict";
import { formatEventId, parseEventId } from "./event_id.ts";

Deno.test("an event id is a position and back", () => {
  for (const id of ["0", "5-1", "1764000000000001"]) {
    const position = { epoch: "5f0c1f0e-7d0f-4d6b-9a52-2f1b6a3c9d10", id };
    assert.deepEqual(parseEventId(formatEventId(position)), position);
  }
});

Deno.test("what isn't an event id is none", () => {
  const bad = [
    "",
    ":",
    "e:",
    ":5",
    "e:x",
    "e:5-",
    "e:1:2",
    "e:-1",
    "e e:5",
    "e:5\n",
    `e:${"9".repeat(50)}`,
  ];
  for (const text of bad) assert.equal(parseEventId(text), undefined, text);
});

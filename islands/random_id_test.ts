import assert from "node:assert/strict";
import { validate, version } from "uuid";
import { randomId } from "./random_id.ts";

Deno.test("an id is a version 4 UUID, and never the same", () => {
  const ids = Array.from({ length: 500 }, () => randomId());
  for (const id of ids) assert.ok(validate(id) && version(id) === 4, id);
  assert.equal(new Set(ids).size, ids.length);
});

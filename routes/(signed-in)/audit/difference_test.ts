import assert from "node:assert/strict";
import { differenceOf } from "./difference.ts";

Deno.test("a change is listed field by field, what stayed is left out", () => {
  assert.deepEqual(
    differenceOf(
      { name: "Ana", settings: { currency: "EUR", language: "es" } },
      { name: "Ana", settings: { currency: "USD", language: "es" } },
    ),
    [{ field: "settings.currency", before: "EUR", after: "USD" }],
  );
});

Deno.test("what is new or gone is listed whole, a list as one value", () => {
  assert.deepEqual(
    differenceOf(null, { scopes: ["messages:read", "messages:send"], expires: null }),
    [
      { field: "scopes", before: null, after: "messages:read, messages:send" },
      { field: "expires", before: null, after: "null" },
    ],
  );
  assert.deepEqual(differenceOf({ ended: 2 }, null), [{
    field: "ended",
    before: "2",
    after: null,
  }]);
  assert.deepEqual(differenceOf(null, null), []);
});

import assert from "node:assert/strict";
import { codingOf, knownFields } from "./hooks.ts";

Deno.test("a data coding is read from the raw byte that Jasmin writes, and from digits", () => {
  const read = (query: string) => codingOf(new URLSearchParams(query).get("coding") ?? "");
  assert.equal(read("coding=%00"), 0);
  assert.equal(read("coding=%08"), 8);
  assert.equal(read("coding=%04"), 4);
  assert.equal(read("coding=8"), 8);
  assert.equal(read("coding=13"), 13);
  assert.equal(read("coding=%F1"), 0xf0);
});

Deno.test("only known fields are kept, and none with NUL", () => {
  const fields = knownFields(new URLSearchParams("id=1&coding=%00&text=a%00b&evil=1"), [
    "id",
    "coding",
    "text",
  ]);
  assert.deepEqual(fields, { id: "1", coding: "0", text: "a\uFFFDb" });
});

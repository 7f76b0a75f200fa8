import assert from "node:assert/strict";
import { matchEntries, plainText, scoreOf } from "./palette_match.ts";

Deno.test("the start of the text is better than of a word, that than its middle", () => {
  assert.ok(scoreOf("Messages", "messages") > scoreOf("Messages", "mess"));
  assert.ok(scoreOf("rhein_1", "rhein") > scoreOf("op_rhein", "rhein"));
  assert.ok(scoreOf("op_rhein", "rhein") > scoreOf("oprhein", "rhein"));
  assert.equal(scoreOf("Messages", "xyz"), 0);
  assert.equal(scoreOf("Restart operator_de_1", "de restart"), 1);
});

Deno.test("accents and case don't matter", () => {
  assert.equal(plainText("Übersicht ÉTÉ"), "ubersicht ete");
  assert.ok(scoreOf("Übersicht", "uber") > 0);
});

Deno.test("the best first, others in their order, words after labels, no more than asked", () => {
  const entries = [
    { label: "Wall displays" },
    { label: "Audit log", words: "who did it" },
    { label: "Users", words: "walls" },
    { label: "A wall" },
  ];
  const labels = (query: string, most?: number) =>
    matchEntries(entries, query, most).map(({ label }) => label);
  assert.deepEqual(labels("wall"), ["Wall displays", "A wall", "Users"]);
  assert.deepEqual(labels("", 2), ["Wall displays", "Audit log"]);
  assert.deepEqual(labels("nothing"), []);
});

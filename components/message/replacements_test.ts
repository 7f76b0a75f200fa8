import assert from "node:assert/strict";
import fc from "fast-check";
import { isGsm } from "../../services/gateway/gsm.ts";
import { costOf, culpritsOf, replaced, replacementOf } from "./replacements.ts";

Deno.test("letters lose marks that GSM-7 lacks, signs become their look-alikes", () => {
  const cases: Record<string, string | null> = {
    "í": "i",
    "Ç": "Ç",
    "ç": "c",
    "’": "'",
    "…": "...",
    "œ": "oe",
    "\u00a0": " ",
    "ﬁ": "fi",
    "日": null,
    "🙂": null,
  };
  for (const [character, expected] of Object.entries(cases)) {
    assert.equal(replacementOf(character), expected, character);
  }
});

Deno.test("a letter and the accent typed after it are one", () => {
  assert.deepEqual(culpritsOf("Luci\u0301a"), [
    { character: "i\u0301", count: 1, replacement: "i" },
  ]);
});

Deno.test("every replacement is in GSM-7", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const culprits = culpritsOf(text);
    const after = culpritsOf(replaced(text, culprits));
    for (const { replacement } of culprits) assert.ok(replacement === null || isGsm(replacement));
    if (culprits.every(({ replacement }) => replacement !== null)) assert.equal(after.length, 0);
  }));
});

Deno.test("one character makes two parts of a text that was one", () => {
  const text = `${"a".repeat(100)}í`;
  assert.deepEqual(costOf(text), { parts: 2, inGsm: 1 });
  assert.deepEqual(costOf(`${"a".repeat(100)}🙂`), { parts: 2, inGsm: 1 });
  assert.deepEqual(costOf("Hello"), { parts: 1, inGsm: 1 });
});

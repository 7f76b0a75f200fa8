import assert from "node:assert/strict";
import fc from "fast-check";
import { countParts } from "../services/gateway/parts.ts";
import { culpritOf, piecesOf } from "./message_pieces.ts";

Deno.test("cuts where the cost or the part changes", () => {
  assert.deepEqual(piecesOf("ab{c"), [
    { text: "ab", kind: "basic", part: 1 },
    { text: "{", kind: "extended", part: 1 },
    { text: "c", kind: "basic", part: 1 },
  ]);
  assert.deepEqual(piecesOf("aía"), [
    { text: "a", kind: "basic", part: 1 },
    { text: "í", kind: "unicode", part: 1 },
    { text: "a", kind: "basic", part: 1 },
  ]);
  assert.deepEqual(piecesOf("a".repeat(161)).map(({ text, part }) => [text.length, part]), [
    [153, 1],
    [8, 2],
  ]);
  assert.deepEqual(piecesOf(""), []);
});

Deno.test("names the first character that GSM-7 lacks", () => {
  assert.equal(culpritOf("Lucía y Íñigo"), "í");
  assert.equal(culpritOf("€ {}"), null);
  assert.equal(culpritOf("ok 🎉"), "🎉");
});

Deno.test("property: the pieces are the whole text, in parts that the counter counts", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
    const pieces = piecesOf(text);
    assert.equal(pieces.map((piece) => piece.text).join(""), text);
    assert.ok((pieces.at(-1)?.part ?? 1) <= countParts(text).parts);
    pieces.slice(1).forEach((piece, at) => assert.ok(piece.part >= (pieces[at]?.part ?? 0)));
  }));
});

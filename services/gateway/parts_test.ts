import assert from "node:assert/strict";
import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { ValidationError } from "../errors/mod.ts";
import { isGsm, septetsOf } from "./gsm.ts";
import { recordedRequests } from "../../tests/jasmin/recorded.ts";
import { countParts, MAX_PARTS, sendableParts } from "./parts.ts";

Deno.test("parts of known texts", () => {
  const cases: readonly (readonly [string, string, number, number])[] = [
    ["", "gsm7", 0, 1],
    ["hello", "gsm7", 5, 1],
    ["[€]", "gsm7", 6, 1],
    ["x".repeat(160), "gsm7", 160, 1],
    ["x".repeat(161), "gsm7", 161, 2],
    ["x".repeat(306), "gsm7", 306, 2],
    ["x".repeat(307), "gsm7", 307, 3],
    ["€".repeat(80), "gsm7", 160, 1],
    ["€".repeat(81), "gsm7", 162, 2],
    ["x".repeat(765), "gsm7", 765, 5],
    ["x".repeat(766), "gsm7", 766, 6],
    ["ç", "ucs2", 1, 1],
    ["я".repeat(70), "ucs2", 70, 1],
    ["я".repeat(71), "ucs2", 71, 2],
    ["😀".repeat(35), "ucs2", 70, 1],
    ["😀".repeat(36), "ucs2", 72, 2],
    ["я".repeat(335), "ucs2", 335, 5],
    ["я".repeat(336), "ucs2", 336, 6],
  ];
  for (const [text, charset, units, parts] of cases) {
    const counted = countParts(text);
    const what = `${text.slice(0, 10)} (${text.length})`;
    assert.deepEqual(
      [counted.charset, counted.units, counted.parts],
      [charset, units, parts],
      what,
    );
    assert.equal(counted.unitsLeft, counted.parts * counted.unitsPerPart - units, what);
  }
});

Deno.test("a cut inside a character is told: after the escape, and within a surrogate pair", () => {
  assert.deepEqual(countParts("x".repeat(152) + "€" + "x".repeat(50)).cutCharacters, [1]);
  assert.deepEqual(countParts("x".repeat(151) + "€" + "x".repeat(50)).cutCharacters, []);
  assert.deepEqual(countParts("я".repeat(66) + "😀" + "я".repeat(70)).cutCharacters, [1]);
  assert.deepEqual(countParts("x".repeat(305) + "€" + "x".repeat(50)).cutCharacters, [2]);
  assert.deepEqual(countParts("x".repeat(152) + "€").cutCharacters, []);
});

/** Texts of every kind, often near the lengths where a part ends. */
const texts = fc.tuple(
  fc.integer({ min: 0, max: 800 }),
  fc.array(fc.constantFrom(..."aZ09 @£é€[]{}^~|\\яç😀\n"), { minLength: 1, maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 5 }),
).map(([length, unit, tail]) => unit.join("").repeat(200).slice(0, length) + tail)
  .filter((text) => text !== "" && text.isWellFormed());

/**
 * The calculator moves a character that doesn't fit to the next part as a whole, and keeps
 * graphemes together, so it may need a part more than Jasmin, which cuts anywhere.
 */
Deno.test("the count is the calculator's, or lower where Jasmin cuts inside a character", () => {
  let compared = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const ours = countParts(text);
      const theirs = new SegmentedMessage(text, "auto", false);
      assert.equal(ours.charset, theirs.encodingName === "GSM-7" ? "gsm7" : "ucs2");
      if (ours.parts !== theirs.segmentsCount) {
        assert.equal(ours.parts, theirs.segmentsCount - 1);
        assert.ok(ours.cutCharacters.length > 0 || ours.charset === "ucs2");
      } else compared++;
    }),
    { numRuns: 500 },
  );
  assert.ok(compared > 400);
});

Deno.test("the real gateway has sent as many parts of every recorded text", () => {
  let compared = 0;
  for (const { where, request, answer, submissions } of recordedRequests()) {
    if (where !== "http-parts.txt" || !answer.includes("Success")) continue;
    const target = /^GET (\S+)/.exec(request)?.[1] ?? "";
    const parameters = new URL(target, "http://gateway").searchParams;
    const content = parameters.get("content");
    if (content === null || (parameters.get("coding") ?? "0") !== "0" || !isGsm(content)) continue;
    assert.equal(submissions, Math.min(MAX_PARTS, countParts(content).parts), content);
    compared++;
  }
  assert.ok(compared >= 5, `only ${compared} were recorded`);
});

Deno.test("a text that can't be sent is refused with the mend", () => {
  assert.equal(sendableParts("x".repeat(765)).parts, 5);
  assert.throws(() => sendableParts("x".repeat(770)), (error) => {
    assert.ok(error instanceof ValidationError);
    assert.deepEqual(error.faults.map(({ field }) => field), ["text"]);
    assert.match(error.message, /6 parts.*shorten it by 5 units/);
    return true;
  });
  assert.throws(() => sendableParts(""), ValidationError);
  assert.throws(() => sendableParts("a\udc00"), ValidationError);
});

Deno.test("the alphabet has 127 characters of one septet and 10 of two", () => {
  const sizes = Array.from({ length: 0x10000 }, (_, code) => septetsOf(String.fromCharCode(code)));
  assert.equal(sizes.filter((size) => size === 1).length, 127);
  assert.equal(sizes.filter((size) => size === 2).length, 10);
});

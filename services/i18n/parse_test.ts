import assert from "node:assert/strict";
import fc from "fast-check";
import { format, type Language, LANGUAGES, parseDecimal, parseMicros } from "./mod.ts";

Deno.test("a number as people type it", () => {
  const table: [Language, string, string | null][] = [
    ["es", "1.234,5", "1234.5"],
    ["es", "0,0310", "0.0310"],
    ["es", "1.234", "1234"],
    ["es", "1.5", "1.5"],
    ["en", "1,234.5", "1234.5"],
    ["en", "1,5", "1.5"],
    ["en", ".5", "0.5"],
    ["fr", "8 412 937,25", "8412937.25"],
    ["de", "-1.000,00", "-1000.00"],
    ["de", "−3", "-3"],
    ["en", "007", "7"],
    ["en", "-0", "0"],
    ["en", "", null],
    ["en", "-", null],
    ["en", "1e5", null],
    ["en", "1.2.3", null],
    ["es", "12.34.567,1", null],
    ["en", "twelve", null],
  ];
  for (const [language, text, expected] of table) {
    assert.equal(parseDecimal(text, language), expected, `${language} ${text}`);
  }
});

Deno.test("money is read to the micro-unit, and not finer", () => {
  assert.equal(parseMicros("1.234,56", "es"), 1_234_560_000n);
  assert.equal(parseMicros("0.000001", "en"), 1n);
  assert.equal(parseMicros("-0,062", "de"), -62_000n);
  assert.equal(parseMicros("0.0000001", "en"), null);
  assert.equal(parseMicros("abc", "en"), null);
});

Deno.test("property: what a language writes, it reads", () => {
  fc.assert(fc.property(
    fc.constantFrom(...LANGUAGES),
    fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    (language, cents) => {
      const micros = cents * 10_000n;
      const { value } = format(language).moneyParts(micros, "EUR");
      assert.equal(parseMicros(value, language), micros);
    },
  ));
});

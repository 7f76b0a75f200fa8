import assert from "node:assert/strict";
import fc from "fast-check";
import { fixedText, floatText, parsePyFloat, parsePyInt, PyFloat, readValue } from "./numbers.ts";

Deno.test("floatText writes what Python's repr writes", () => {
  const cases: readonly [number, string][] = [
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [44.2, "44.2"],
    [99.98100000000001, "99.98100000000001"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.25e22, "1.25e+22"],
    [-12.5, "-12.5"],
    [NaN, "nan"],
    [-Infinity, "-inf"],
  ];
  for (const [value, text] of cases) assert.equal(floatText(value), text);
});

Deno.test("fixedText rounds exact halves to the even digit, as %f does", () => {
  const cases: readonly [number, number, string][] = [
    [0.125, 2, "0.12"],
    [0.375, 2, "0.38"],
    [0.05, 2, "0.05"],
    [1.005, 2, "1.00"],
    [0.000005, 5, "0.00001"],
    [1e22, 2, "10000000000000000000000.00"],
    [Infinity, 2, "inf"],
  ];
  for (const [value, digits, text] of cases) assert.equal(fixedText(value, digits), text);
});

Deno.test("floatText can be read back", () => {
  fc.assert(fc.property(
    fc.double({ noNaN: true }),
    (value) => Object.is(parsePyFloat(floatText(value)), value),
  ));
});

Deno.test("int() and float() refuse what Python refuses", () => {
  assert.equal(parsePyInt("1_000"), 1000);
  assert.equal(parsePyInt("+5"), 5);
  for (const text of ["", "1.0", "0x10", "1__0", "_1", "five"]) {
    assert.equal(parsePyInt(text), undefined, text);
  }
  assert.equal(parsePyFloat(".5"), 0.5);
  assert.equal(parsePyFloat("5."), 5);
  assert.equal(parsePyFloat("Infinity"), Infinity);
  for (const text of ["", ".", "1,5", "e5", "0x1p3"]) {
    assert.equal(parsePyFloat(text), undefined, text);
  }
});

Deno.test("readValue prefers int, then float, then the text; long ints keep their digits", () => {
  assert.equal(readValue("0042"), 42);
  assert.deepEqual(readValue("4e1"), new PyFloat(40));
  assert.equal(readValue("op_1"), "op_1");
  assert.equal(String(readValue("1234567890123456789012345")), "1234567890123456789012345");
});

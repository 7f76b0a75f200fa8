import assert from "node:assert/strict";
import fc from "fast-check";
import { ValidationError } from "../../../errors/mod.ts";
import { patternFault, refuseBadPattern } from "./python_regex.ts";

const GOOD = [
  ".*",
  "^[0-3]$",
  String.raw`^\d+$`,
  "^34(6|7)[0-9]{8}$",
  "(?i)hello|bye",
  "a{2}b{2,}c{2,5}d{0,}?",
  "(?:ab)+?(?P<x>c)\\1",
  "(a)(?P<b>b)\\2",
  "[]a]",
  "[^]a]",
  "[a-z-]",
  "[-a]",
  String.raw`[\w\-.]+@\w+`,
  String.raw`\bword\b`,
  String.raw`\x41\u0042\.`,
  "(?=a)(?!b)c",
  "a|",
  "()",
  "",
];

const BAD = [
  "(",
  ")",
  "a(",
  "[",
  "[]",
  "[^]",
  "[z-a]",
  String.raw`[\w-z]`,
  "*",
  "a**",
  "a+*",
  "a{2}{3}",
  "a{3,2}",
  "a{",
  "^*",
  "$+",
  String.raw`\b+`,
  "|*",
  "(*)",
  String.raw`a\1`,
  String.raw`(a\1)`,
  String.raw`\q`,
  "\\",
  String.raw`\x4`,
  "(?P<x>a)(?P<x>b)",
  "(?P<1>a)",
  "(?<x>a)",
  "a(?i)b",
  "(?ii)a",
  "(?",
  "(?P<x",
];

Deno.test("what Python compiles passes", () => {
  for (const pattern of GOOD) assert.equal(patternFault(pattern), null, pattern);
});

Deno.test("what Python refuses is refused, with the place", () => {
  for (const pattern of BAD) {
    assert.match(patternFault(pattern) ?? "", /at character \d+$/, pattern);
  }
});

Deno.test("the refusal names the field", () => {
  assert.throws(() => refuseBadPattern("valuefilter.content", "a("), (error) => {
    assert.ok(error instanceof ValidationError);
    assert.equal(error.faults[0]?.field, "valuefilter.content");
    return true;
  });
});

Deno.test("no pattern makes the check itself fail", () => {
  const pieces = fc.constantFrom(..."ab01()[]{}*+?|^$.\\-,<>P:=!iwdbx");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const fault = patternFault(parts.join(""));
      assert.ok(fault === null || fault.length > 0);
    }),
    { numRuns: 3_000 },
  );
});

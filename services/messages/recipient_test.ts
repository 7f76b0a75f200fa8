import assert from "node:assert/strict";
import { ValidationError } from "../errors/mod.ts";
import { parseRecipient, parseSender } from "./recipient.ts";

Deno.test("an international number is read in any spelling", () => {
  for (const text of ["+34600000001", "+34 600 000 001", " +34-600-000-001", "+34 (600) 000.001"]) {
    assert.deepEqual(parseRecipient(text), { e164: "+34600000001", country: "ES" });
  }
});

const WRONG: readonly [string, RegExp][] = [
  ["600000001", /no country code/],
  ["0034600000001", /no country code/],
  ["+346", /not a possible number/],
  ["+346000000019999999", /not a possible number/],
  ["hello", /not a phone number/],
  ["", /not a phone number/],
  ["+34600000001\nquit", /not a phone number|not a possible/],
  ["+34600000001;ext=2", /not a phone number/],
];

for (const [text, mend] of WRONG) {
  Deno.test(`${JSON.stringify(text)} is refused with the mend, on the field`, () => {
    assert.throws(() => parseRecipient(text, "to"), (error: unknown) => {
      assert(error instanceof ValidationError);
      assert.equal(error.faults[0]?.field, "to");
      assert.match(error.faults[0]?.message ?? "", mend);
      return true;
    });
  });
}

Deno.test("a sender is a number or a short name", () => {
  for (const sender of ["ACME", "12345", "+34600000001", "Café".replace("é", "e"), "A-B.c 9"]) {
    assert.equal(parseSender(sender), sender);
  }
  for (const sender of ["", "a".repeat(12), "12", "Ünï", "x\ny", "1".repeat(16), "   "]) {
    assert.throws(() => parseSender(sender), ValidationError);
  }
});

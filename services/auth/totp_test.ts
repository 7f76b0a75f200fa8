import assert from "node:assert/strict";
import { Secret } from "otpauth";
import { newTotpSecret, stepOfCode, totpUri } from "./totp.ts";

/** The last six digits of RFC 6238, appendix B, whose secret is this text. */
const SECRET = Secret.fromUTF8("12345678901234567890").base32;
const VECTORS = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

Deno.test("codes are those of RFC 6238, in the step that they belong to", () => {
  for (const [seconds, code] of VECTORS) {
    const step = BigInt(Math.floor(seconds / 30));
    for (const off of [-30, 0, 30]) {
      assert.equal(stepOfCode(SECRET, code, new Date((seconds + off) * 1000)), step, code);
    }
    for (const off of [-60, 60]) {
      assert.equal(stepOfCode(SECRET, code, new Date((seconds + off) * 1000)), undefined);
    }
  }
});

Deno.test("what is no code of six digits is none", () => {
  for (const code of ["", "28708", "2870822", "28708a", "２８７０８２"]) {
    assert.equal(stepOfCode(SECRET, code, new Date(59_000)), undefined, code);
  }
});

Deno.test("a secret has 160 bits, is another each time, and its URI says what apps need", () => {
  const secret = newTotpSecret();
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.notEqual(secret, newTotpSecret());
  const uri = new URL(totpUri(secret, "ann+1@shop.test"));
  assert.equal(uri.protocol, "otpauth:");
  assert.equal(decodeURIComponent(uri.pathname).split(":").at(-1), "ann+1@shop.test");
  assert.equal(uri.searchParams.get("secret"), secret);
  assert.equal(uri.searchParams.get("issuer"), "Jasmin Dashboard");
});

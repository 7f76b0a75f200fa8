import assert from "node:assert/strict";
import { ValidationError } from "../errors/mod.ts";
import { checkPassword, fitsBcrypt, normalizePassword } from "./password.ts";

function fault(password: string, options = {}): string | undefined {
  try {
    checkPassword(password, options);
    return undefined;
  } catch (error) {
    assert(error instanceof ValidationError);
    return error.faults[0]?.message;
  }
}

Deno.test("72 bytes pass and 73 don't, counted as bcrypt counts them", () => {
  assert.equal(fault("a".repeat(72)), undefined);
  assert.match(fault("a".repeat(73)) ?? "", /^Has 73 bytes and bcrypt reads 72; shorten it/);
  assert.equal(fault("ñ".repeat(36)), undefined);
  assert.match(fault("ñ".repeat(36) + "a") ?? "", /^Has 73 bytes/);
  assert(fitsBcrypt("🔑".repeat(18)));
  assert(!fitsBcrypt("🔑".repeat(18) + "a"));
});

Deno.test("too short is counted in characters", () => {
  assert.match(fault("1234567") ?? "", /use 8 characters or more/);
  assert.equal(fault("12345678"), undefined);
  assert.match(fault("🔑🔑🔑🔑🔑🔑🔑") ?? "", /Too short/);
  assert.equal(fault("demo", { minLength: 1 }), undefined);
});

Deno.test("a NUL is refused, because bcrypt would stop reading there", () => {
  assert.match(fault("password\0rest") ?? "", /NUL/);
  assert(!fitsBcrypt("password\0rest"));
});

Deno.test("what looks the same is the same", () => {
  assert.equal(normalizePassword("contrasen\u0303a"), normalizePassword("contrase\u00f1a"));
});

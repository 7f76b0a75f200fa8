import assert from "node:assert/strict";
import { z } from "zod";
import type { FieldFault } from "../../services/errors/mod.ts";
import { check } from "./faults.ts";

function faults(schema: z.ZodType, value: unknown): string[] {
  const found: FieldFault[] = [];
  check(schema, value, "body", found);
  return found.map(({ field, message }) => `${field}: ${message}`);
}

Deno.test("each kind of fault has words with the mend", () => {
  const cases: [z.ZodType, unknown, string][] = [
    [z.string(), undefined, "Is missing; give a text"],
    [z.string(), null, "Is null; give a text"],
    [z.int(), 1.5, "Is not a whole number; give one"],
    [z.boolean(), "yes", "Is a text; give true or false"],
    [z.strictObject({}), [], "Is a list; give an object"],
    [z.number(), Infinity, "Is no finite number; give a number"],
    [z.string().min(3), "ab", "Is too short; give at least 3 characters"],
    [z.string().max(1), "ab", "Is too long; give at most 1 character"],
    [z.number().gt(3), 3, "Is too small; give more than 3"],
    [z.number().lt(3), 3, "Is too large; give less than 3"],
    [z.array(z.int()).min(1), [], "Has too few entries; give at least 1"],
    [z.uuid(), "7", "Is not a UUID; give one such as 0198c0de-7f3a-7b5c-9d2e-1f0a2b3c4d5e"],
    [z.email(), "a@", "Is not an e-mail address; give one such as name@example.com"],
    [z.iso.datetime(), "now", "Is not a time with its zone; give one such as 2026-01-31T12:00:00Z"],
    [z.string().regex(/^a+$/), "b", "Has the wrong form; it must match /^a+$/"],
    [z.string().regex(/^a+$/, "Use the letter a"), "b", "Use the letter a"],
    [z.number().multipleOf(5), 3, "Must be a multiple of 5"],
    [z.enum(["a", "b"]), "c", "Is none of the known values; give one of: a, b"],
    [z.literal(1), undefined, "Is missing; give one of: 1"],
  ];
  for (const [schema, value, words] of cases) {
    assert.deepEqual(faults(schema, value), [`body: ${words}`]);
  }
});

Deno.test("of a union's branches the one most nearly meant is told", () => {
  const one = z.strictObject({ to: z.string() });
  const many = z.strictObject({ messages: z.array(z.strictObject({ to: z.string() })) });
  assert.deepEqual(faults(z.union([one, many]), { messages: [{ to: 1 }] }), [
    "messages.0.to: Is a number; give a text",
  ]);
  assert.deepEqual(faults(z.union([z.string(), z.int()]), true), [
    "body: Fits none of the shapes that are allowed here",
  ]);
  const kinds = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("a"), n: z.int() }),
    z.strictObject({ kind: z.literal("b") }),
  ]);
  assert.deepEqual(faults(kinds, { kind: "a", n: "1" }), ["n: Is a text; give a number"]);
  assert.deepEqual(faults(kinds, { kind: "c" }), [
    "kind: Is none of the known values; give one of: a, b",
  ]);
});

Deno.test("a value is never repeated, for it may be a secret", () => {
  const schema = z.strictObject({ password: z.string().max(3), kind: z.enum(["a"]) });
  assert.doesNotMatch(faults(schema, { password: "hunter2", kind: "hunter2" }).join(), /hunter2/);
});

Deno.test("neither the number of faults nor their length grows with the input", () => {
  const many = faults(z.array(z.int()), Array.from({ length: 10_000 }, () => "x"));
  assert.equal(many.length, 20);
  const [long] = faults(z.strictObject({}), { ["k".repeat(100_000)]: 1 });
  assert.ok(long !== undefined && long.length < 200);
});

Deno.test("a key called __proto__ is a key like any other", () => {
  assert.deepEqual(faults(z.strictObject({}), JSON.parse('{"__proto__": {"a": 1}}')), [
    "__proto__: Is not known here; leave it out",
  ]);
});

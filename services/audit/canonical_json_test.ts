import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, withoutSecrets } from "./canonical_json.ts";

Deno.test("the text doesn't depend on the order of keys", () => {
  assert.equal(
    canonicalJson({ b: [1, { d: null, c: "x" }], a: true }),
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  );
});

Deno.test("keys are ordered by UTF-16 code units, as RFC 8785 shows", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  assert.deepEqual(Object.keys(JSON.parse(text)), [
    "1",
    "\r",
    "\u0080",
    "\u00f6",
    "\u20ac",
    "\ud83d\ude00",
    "\ufb33",
  ]);
});

Deno.test("the text is JSON for the same value", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const kept = withoutSecrets(value);
    assert.deepEqual(JSON.parse(canonicalJson(kept)), kept);
  }));
});

Deno.test("different values have different texts", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
    const [a, b] = [withoutSecrets(left), withoutSecrets(right)];
    const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
    assert.equal(canonicalJson(a) === canonicalJson(b), same);
  }));
});

Deno.test("secrets are cut out at any depth, and told apart from nothing", () => {
  assert.deepEqual(
    withoutSecrets({
      apiKey: "k",
      connector: { host: "smsc.example", password: "hunter2", port: 2775 },
      "Refresh-Token": "t",
      list: [{ db_password: "x" }, { clientSecret: { a: 1 } }],
      passwordHash: "$2a$",
      password: null,
      tokens: 3,
    }),
    {
      apiKey: "[secret]",
      connector: { host: "smsc.example", password: "[secret]", port: 2775 },
      "Refresh-Token": "[secret]",
      list: [{ db_password: "[secret]" }, { clientSecret: "[secret]" }],
      password: null,
      passwordHash: "[secret]",
      tokens: 3,
    },
  );
});

Deno.test("what JSON or jsonb doesn't hold is given a form that they do", () => {
  assert.deepEqual(
    withoutSecrets({
      at: new Date(0),
      bytes: new Uint8Array(3),
      half: "a\ud800b",
      micros: 12_345_678_901_234_567_890n,
      missing: undefined,
      negativeZero: -0,
      nul: "a\0b",
      number: NaN,
    }),
    {
      at: "1970-01-01T00:00:00.000Z",
      bytes: "[3 bytes]",
      half: "a\ufffdb",
      micros: "12345678901234567890",
      negativeZero: 0,
      nul: "a\ufffdb",
      number: null,
    },
  );
  assert.equal(withoutSecrets(undefined), null);
});

/** Another way to the same order, to compare with. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return { array: value.map(sorted) };
  if (value === null || typeof value !== "object") return value;
  return Object.entries(value).map(([key, each]) => [key, sorted(each)])
    .sort((a, b) => String(a[0]) < String(b[0]) ? -1 : 1);
}

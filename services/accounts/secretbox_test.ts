import assert from "node:assert/strict";
import fc from "fast-check";
import { UnavailableError } from "../errors/mod.ts";
import { deriveKey, secretBox } from "./secretbox.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const box = secretBox(KEY);

Deno.test("what was sealed is opened, in its context only", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(text, text, text, async (secret, context, other) => {
      fc.pre(context !== other);
      const sealed = await box.seal(secret, context);
      assert.equal(await box.open(sealed, context), secret);
      await assert.rejects(box.open(sealed, other), UnavailableError);
    }),
    { numRuns: 50 },
  );
});

Deno.test("the same secret is sealed differently each time", async () => {
  assert.notDeepEqual(await box.seal("secret", "row"), await box.seal("secret", "row"));
});

Deno.test("a change of any byte is noticed", async () => {
  const sealed = await box.seal("secret", "row");
  for (let index = 0; index < sealed.length; index++) {
    const changed = sealed.slice();
    changed[index] = (changed[index] ?? 0) ^ 1;
    await assert.rejects(box.open(changed, "row"), UnavailableError, `byte ${index}`);
    await assert.rejects(box.open(sealed.slice(0, index), "row"), UnavailableError);
  }
});

Deno.test("another SECRET_KEY or another purpose opens nothing", async () => {
  const sealed = await box.seal("secret", "row");
  await assert.rejects(secretBox(`${KEY}x`).open(sealed, "row"), UnavailableError);
  await assert.rejects(secretBox(KEY, "other/1").open(sealed, "row"), UnavailableError);
});

Deno.test("a view into a driver's larger buffer is opened", async () => {
  const sealed = await box.seal("secret", "row");
  const buffer = new Uint8Array(sealed.length + 20);
  buffer.set(sealed, 10);
  assert.equal(await box.open(buffer.subarray(10, 10 + sealed.length), "row"), "secret");
});

Deno.test("each purpose has a key of its own, the same every time", async () => {
  const [one, again, other] = await Promise.all([
    deriveKey(KEY, "one/1"),
    deriveKey(KEY, "one/1"),
    deriveKey(KEY, "other/1"),
  ]);
  assert.equal(one.length, 32);
  assert.deepEqual(one, again);
  assert.notDeepEqual(one, other);
});

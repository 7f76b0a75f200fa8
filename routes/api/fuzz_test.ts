import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, idempotencyKey, limit } from "./fields.ts";
import { problemSchema } from "./problem.ts";
import { testApp, tokenOf } from "./testing.ts";

const send = endpoint({
  method: "POST",
  path: "/api/v1/fuzz/{id}",
  summary: "Take anything",
  tags: [],
  permission: "messages:send",
  params: z.strictObject({ id: z.union([id, z.string().max(5)]) }),
  query: z.strictObject({ limit, tag: z.array(z.string()).optional() }),
  headers: z.strictObject({ "Idempotency-Key": idempotencyKey.optional() }),
  body: z.union([
    z.strictObject({ to: z.string(), text: z.string().min(1) }),
    z.strictObject({
      messages: z.array(z.strictObject({ to: z.string(), text: z.string() })).min(1).max(100),
    }),
    z.strictObject({ vars: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ]),
  responses: { 202: { description: "Taken", schema: z.strictObject({ bytes: z.int() }) } },
  handle: ({ body, query }) => ({
    status: 202,
    body: { bytes: JSON.stringify([body, query]).length },
  }),
});

const ask = testApp([send], { principalRate: { limit: 1_000_000, windowSeconds: 1 } });

/** Values near what is meant, so that the checks behind the first one are reached too. */
const near = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary" }),
    fc.constantFrom("+34600000001", "", "\0", "\ud800", null, 1e999, -0, true),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(
    fc.oneof(
      fc.constantFrom("to", "text", "messages", "vars", "__proto__", "constructor", "toString"),
      fc.string(),
    ),
    tie("value"),
    { maxKeys: 4 },
  ),
}));

const bodies = fc.oneof(
  near.object.map((value) => JSON.stringify(value)),
  fc.record({
    messages: fc.array(
      fc.record({ to: fc.string(), text: fc.string({ unit: "binary" }) }),
      { maxLength: 4 },
    ),
  }).map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
);

Deno.test("no body, path, query or header makes a 5xx, and every refusal is a problem", async () => {
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      bodies,
      fc.oneof(fc.webSegment(), fc.string(), fc.constantFrom("%", "%ff", "%00", "a%2Fb", "..")),
      fc.webQueryParameters(),
      fc.constantFrom("application/json", "application/json;charset=utf-8", "text/plain"),
      fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
      async (body, segment, query, type, key) => {
        const headers: Record<string, string> = { "content-type": type };
        // A header can't hold everything; what can't be sent can't arrive.
        if (key !== undefined && /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(key)) {
          headers["idempotency-key"] = key;
        }
        const path = `/api/v1/fuzz/${segment.replaceAll(/[?#\\]/g, "")}?${query}`;
        const response = await ask(path, {
          method: "POST",
          body,
          headers,
          token: tokenOf("admin"),
        });
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        assert.ok(response.status < 500, `${response.status} for ${path}`);
        if (response.status >= 400) problemSchema.parse(await response.json());
      },
    ),
    { numRuns: 3000 },
  );
  for (const status of [400, 404, 415, 422]) {
    assert.ok(seen.has(status), `the fuzz never reached a ${status}: ${[...seen]}`);
  }
});

Deno.test("bodies that are meant well are taken", async () => {
  const texts = fc.string({ unit: "grapheme", minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 5 }), async (all) => {
      const messages = all.map((text) => ({ to: "+34600000001", text }));
      const response = await ask("/api/v1/fuzz/a", {
        method: "POST",
        body: JSON.stringify({ messages }),
        headers: { "content-type": "application/json" },
        token: tokenOf("client", "accounts"),
      });
      assert.equal(response.status, 202);
    }),
    { numRuns: 200 },
  );
});

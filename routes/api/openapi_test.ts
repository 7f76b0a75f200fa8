import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, limit, timestamp } from "./fields.ts";
import { type OpenApiDocument, openApiDocument } from "./openapi.ts";
import { testApp } from "./testing.ts";

const ABOUT = { version: "1.2.3", publicUrl: "https://sms.example" };

const part = z.strictObject({ text: z.string().min(1) }).meta({ id: "Part" });
const thing = z.strictObject({ id, made_at: timestamp, parts: z.array(part) }).meta({
  id: "Thing",
});

const make = endpoint({
  method: "POST",
  path: "/api/v1/things",
  summary: "Make a thing",
  description: "Out of parts.",
  tags: ["things"],
  permission: "messages:send",
  headers: z.strictObject({ "Idempotency-Key": z.string().optional() }),
  body: z.strictObject({ parts: z.array(part) }),
  example: { parts: [{ text: "Hi" }] },
  responses: { 202: { description: "Taken", schema: thing } },
  errors: ["quota-exceeded"],
  handle: () => ({ status: 202, body: { id: "", made_at: "", parts: [] } }),
});
const list = endpoint({
  method: "GET",
  path: "/api/v1/things/{id}/parts",
  summary: "List parts",
  tags: ["parts", "things"],
  permission: "public",
  params: z.strictObject({ id }),
  query: z.strictObject({ limit }),
  responses: {
    200: { description: "Parts", schema: z.strictObject({ items: z.array(part) }) },
    204: { description: "None" },
  },
  handle: () => ({ status: 204 }),
});

const document = openApiDocument([make, list], ABOUT);

function operation(path: string, method: "get" | "post"): Record<string, unknown> {
  const found = document.paths?.[path]?.[method];
  assert.ok(found);
  return { ...found };
}

Deno.test("the document is valid by the OpenAPI 3.1 schema", async () => {
  const validate = async (it: OpenApiDocument) =>
    // The validator resolves references in place, so it gets a copy; it takes any JSON object.
    await new Validator().validate(structuredClone(it) as unknown as Record<string, unknown>);
  assert.deepEqual(await validate(document), { valid: true });
  const broken = { ...document, info: { title: "no version" } } as OpenApiDocument; // on purpose
  assert.equal((await validate(broken)).valid, false);
});

Deno.test("equal declarations give an equal document, in whatever order", () => {
  const again = openApiDocument([list, make], ABOUT);
  assert.equal(JSON.stringify(again), JSON.stringify(document));
  assert.deepEqual(Object.keys(document.paths ?? {}), [
    "/api/v1/things",
    "/api/v1/things/{id}/parts",
  ]);
  assert.deepEqual(Object.keys(document.components?.schemas ?? {}), ["Part", "Problem", "Thing"]);
});

Deno.test("permission, security and operation id follow the declaration", () => {
  const made = operation("/api/v1/things", "post");
  assert.equal(made["x-permission"], "messages:send");
  assert.equal(made["security"], undefined);
  assert.equal(made["operationId"], "postThings");
  const listed = operation("/api/v1/things/{id}/parts", "get");
  assert.equal(listed["x-permission"], "public");
  assert.deepEqual(listed["security"], []);
  assert.equal(listed["operationId"], "getThingsByIdParts");
  assert.deepEqual(document["security"], [{ bearer: [] }, { apiKey: [] }]);
});

Deno.test("answers and failures of an endpoint are told", () => {
  const statuses = (path: string, method: "get" | "post") =>
    Object.keys(Object(operation(path, method)["responses"])).map(Number);
  assert.deepEqual(statuses("/api/v1/things", "post"), [
    ...[202, 400, 401, 402, 403, 413, 415, 422, 429, 500, 503],
  ]);
  assert.deepEqual(statuses("/api/v1/things/{id}/parts", "get"), [
    ...[200, 204, 400, 422, 429, 500, 503],
  ]);
});

Deno.test("examples and the types of a query reach the document", () => {
  const json = JSON.stringify(document);
  assert.match(json, /"example":\{"parts":\[\{"text":"Hi"\}\]\}/);
  assert.match(json, /"type":"integer","minimum":1,"maximum":200,"default":50/);
});

Deno.test("the document is served where the mission says", async () => {
  const response = await testApp([make, list], { about: ABOUT })("/api/openapi.json");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(document)));
});

Deno.test("a declaration that contradicts itself is refused", () => {
  const sound = {
    method: "POST",
    path: "/api/v1/things/{id}",
    summary: "Sound",
    tags: [],
    permission: "public",
    params: z.strictObject({ id }),
    responses: { 204: { description: "Done" } },
    handle: () => ({ status: 204 as const }),
  } as const;
  endpoint({ ...sound, tags: [] });
  assert.throws(() => endpoint({ ...sound, path: "/api/v1/things" }), /params/);
  assert.throws(() => endpoint({ ...sound, path: "/api/v1/Things/{id}" }), /path/);
  assert.throws(
    () => endpoint({ ...sound, body: z.strictObject({ a: z.array(z.object({ b: z.int() })) }) }),
    /body\.properties\.a\.items takes unknown keys/,
  );
  assert.throws(
    () => endpoint({ ...sound, body: z.strictObject({ a: z.int().min(3) }), example: { a: 1 } }),
    /example/,
  );
});

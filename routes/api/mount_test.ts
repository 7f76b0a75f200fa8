import assert from "node:assert/strict";
import { z } from "zod";
import {
  ConflictError,
  NotFoundError,
  UnavailableError,
  ValidationError,
} from "../../services/errors/mod.ts";
import { setLogLevel } from "../../services/log/mod.ts";
import { everyEndpointTimesRole } from "./access_matrix.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { id, idempotencyKey, limit } from "./fields.ts";
import { problemSchema } from "./problem.ts";
import { keyOf, REQUEST_ID, testApp, tokenOf } from "./testing.ts";

setLogLevel("silent");

const note = z.strictObject({ id, text: z.string() }).meta({ id: "Note" });

const createNote = endpoint({
  method: "POST",
  path: "/api/v1/notes",
  summary: "Write a note",
  tags: ["notes"],
  permission: "messages:send",
  headers: z.strictObject({ "Idempotency-Key": idempotencyKey.optional() }),
  body: z.strictObject({
    text: z.string().min(1).max(100),
    lines: z.array(z.strictObject({ text: z.string() })).max(3).optional(),
  }),
  responses: { 201: { description: "Written", schema: note } },
  errors: ["conflict"],
  handle: ({ body, headers, principal }) => {
    if (body.text === "twice") throw new ConflictError("There is such a note already");
    if (body.text === "who") {
      return { status: 201, body: { id: REQUEST_ID, text: principal.role } };
    }
    const key = headers["Idempotency-Key"] ?? "no key";
    return {
      status: 201,
      headers: { Location: `/api/v1/notes/${REQUEST_ID}` },
      body: { id: REQUEST_ID, text: `${body.text} (${key})` },
    };
  },
});

const listNotes = endpoint({
  method: "GET",
  path: "/api/v1/notes",
  summary: "List notes",
  tags: ["notes"],
  permission: "messages:read",
  query: z.strictObject({ limit, state: z.array(z.enum(["open", "done"])).optional() }),
  responses: {
    200: {
      description: "Notes",
      schema: z.strictObject({ limit: z.int(), state: z.array(z.string()) }),
    },
  },
  handle: ({ query }) => ({
    status: 200,
    body: { limit: query.limit, state: query.state ?? [] },
  }),
});

const readNote = endpoint({
  method: "GET",
  path: "/api/v1/notes/{note_id}",
  summary: "Read a note",
  tags: ["notes"],
  permission: "signed-in",
  params: z.strictObject({ note_id: z.string().max(50) }),
  responses: { 200: { description: "The note", schema: z.strictObject({ named: z.string() }) } },
  errors: ["not-found"],
  handle: ({ params }) => {
    switch (params.note_id) {
      case "gone":
        throw new NotFoundError("There is no such note");
      case "broken":
        throw new Error("password=hunter2 in a stack trace");
      case "down":
        throw new UnavailableError("The gateway does not answer; try again later");
      case "fussy":
        throw new ValidationError("text", "Is not to my taste; write another");
    }
    return { status: 200, body: { named: params.note_id } };
  },
});

const searchNotes = endpoint({
  method: "GET",
  path: "/api/v1/notes/search",
  summary: "Search",
  tags: ["notes"],
  permission: "public",
  rate: { limit: 2, windowSeconds: 60 },
  responses: { 204: { description: "Nothing found" } },
  handle: () => ({ status: 204 }),
});

const stopEverything = endpoint({
  method: "POST",
  path: "/api/v1/notes/{note_id}/stop",
  summary: "Stop",
  tags: ["notes"],
  permission: "connectors:operate",
  params: z.strictObject({ note_id: z.string() }),
  responses: { 204: { description: "Stopped" } },
  handle: () => ({ status: 204 }),
});

// Parameters first: the mount itself must put plain paths before them.
const ENDPOINTS: readonly Endpoint[] = [
  readNote,
  stopEverything,
  createNote,
  listNotes,
  searchNotes,
];
const admin = tokenOf("admin");

function post(
  body: unknown,
  headers: Record<string, string> = {},
): RequestInit & { token: string } {
  return {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
    token: admin,
  };
}

async function problemOf(response: Response): Promise<z.infer<typeof problemSchema>> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  const problem = problemSchema.parse(await response.json());
  assert.equal(problem.status, response.status);
  assert.equal(problem.instance, `urn:uuid:${REQUEST_ID}`);
  return problem;
}

Deno.test("an endpoint gets its checked input and answers with its status, headers and body", async () => {
  const ask = testApp(ENDPOINTS);
  const response = await ask("/api/v1/notes", post({ text: "Hi" }, { "idempotency-key": "k1" }));
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("location"), `/api/v1/notes/${REQUEST_ID}`);
  assert.deepEqual(await response.json(), { id: REQUEST_ID, text: "Hi (k1)" });
});

Deno.test("a query has defaults, repeated keys make lists, and unknown keys are refused", async () => {
  const ask = testApp(ENDPOINTS);
  const get = async (query: string) =>
    await (await ask(`/api/v1/notes${query}`, { token: admin })).json();
  assert.deepEqual(await get(""), { limit: 50, state: [] });
  assert.deepEqual(await get("?limit=7&state=open"), { limit: 7, state: ["open"] });
  assert.deepEqual((await get("?state=open&state=done")).state, ["open", "done"]);
  assert.deepEqual((await get("?limit=&state=x&colour=1&limit=2")).errors, [
    { field: "limit", message: "Is a list; give a text" },
    { field: "state.0", message: "Is none of the known values; give one of: open, done" },
    { field: "colour", message: "Is not known here; leave it out" },
  ]);
  assert.deepEqual((await get("?limit=201")).errors, [
    { field: "limit", message: "Is too large; give at most 200" },
  ]);
  for (const bad of ["", "%20", "0x10", "1e2", "1.5", "abc"]) {
    assert.equal((await get(`?limit=${bad}`)).errors[0].field, "limit", bad);
  }
});

Deno.test("every fault of a body is named by its path, with the mend", async () => {
  const ask = testApp(ENDPOINTS);
  const body = { text: "", lines: [{ text: "ok" }, { text: 5, colour: "red" }], from: "me" };
  const problem = await problemOf(await ask("/api/v1/notes", post(body)));
  assert.equal(problem.status, 422);
  assert.equal(problem.type, "urn:jasmin-dashboard:problem:validation");
  assert.deepEqual(problem.errors, [
    { field: "text", message: "Is empty; give at least 1 character" },
    { field: "lines.1.text", message: "Is a number; give a text" },
    { field: "lines.1.colour", message: "Is not known here; leave it out" },
    { field: "from", message: "Is not known here; leave it out" },
  ]);
  const missing = await problemOf(await ask("/api/v1/notes", { method: "POST", token: admin }));
  assert.deepEqual(missing.errors, [{ field: "body", message: "Is missing; give an object" }]);
});

Deno.test("a fault that a service finds is answered like one of the schema", async () => {
  const problem = await problemOf(
    await testApp(ENDPOINTS)("/api/v1/notes/fussy", { token: admin }),
  );
  assert.equal(problem.status, 422);
  assert.deepEqual(problem.errors, [{
    field: "text",
    message: "Is not to my taste; write another",
  }]);
});

Deno.test("texts that PostgreSQL can't store never reach a handler", async () => {
  const ask = testApp(ENDPOINTS);
  for (const text of ["a\0b", "\ud800"]) {
    const problem = await problemOf(await ask("/api/v1/notes", post({ text })));
    assert.equal(problem.errors?.[0]?.field, "text");
  }
  assert.equal((await ask("/api/v1/notes/a%00b", { token: admin })).status, 422);
  assert.equal((await ask("/api/v1/notes?limit=%00", { token: admin })).status, 422);
});

Deno.test("a path's parameter is decoded once, and a broken escape is refused", async () => {
  const ask = testApp(ENDPOINTS);
  const named = async (segment: string) =>
    (await (await ask(`/api/v1/notes/${segment}`, { token: admin })).json()).named;
  assert.equal(await named("a%2Fb"), "a/b");
  assert.equal(await named("a%252Fb"), "a%2Fb");
  assert.equal(await named("caf%C3%A9"), "café");
  assert.equal((await problemOf(await ask("/api/v1/notes/%ff", { token: admin }))).status, 400);
});

Deno.test("nobody, an unknown token and a role without the permission are told apart", async () => {
  const ask = testApp(ENDPOINTS);
  const nobody = await ask("/api/v1/notes");
  assert.equal((await problemOf(nobody)).status, 401);
  assert.equal(nobody.headers.get("www-authenticate"), 'Bearer realm="jasmin-dashboard"');
  const unknown = await ask("/api/v1/notes", { token: "guess" });
  assert.equal((await problemOf(unknown)).status, 401);
  assert.match(unknown.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
  const basic = await ask("/api/v1/notes", { headers: { authorization: "Basic YTpi" } });
  assert.equal(basic.status, 401);
  const analyst = { ...post({ text: "a" }), token: tokenOf("analyst") };
  assert.equal((await problemOf(await ask("/api/v1/notes", analyst))).status, 403);
});

Deno.test("each endpoint lets through exactly the roles of its permission", async () => {
  const ask = testApp(ENDPOINTS, { networkRate: { limit: 1000, windowSeconds: 1 } });
  const cases = everyEndpointTimesRole(ENDPOINTS);
  assert.equal(cases.length, ENDPOINTS.length * 10);
  for (const { caller, endpoint, expected, name } of cases) {
    if (endpoint === searchNotes) continue; // its own limit is the subject of another test
    const response = await ask(endpoint.path.replace("{note_id}", "x"), {
      method: endpoint.method,
      ...(caller === null ? {} : { token: tokenOf(caller.role, caller.scope) }),
    });
    if (expected === "pass") assert.ok(![401, 403].includes(response.status), name);
    else assert.equal(response.status, expected, name);
  }
  const refused = cases.filter((each) => each.expected === 403).map((each) => each.name);
  assert.ok(refused.includes("POST /api/v1/notes/{note_id}/stop by admin of accounts"));
  assert.ok(!refused.includes("POST /api/v1/notes/{note_id}/stop by admin of all"));
});

Deno.test("a wrong method is 405 with Allow, OPTIONS tells it, HEAD is GET without a body", async () => {
  const ask = testApp(ENDPOINTS);
  const wrong = await ask("/api/v1/notes", { method: "DELETE", token: admin });
  assert.equal((await problemOf(wrong)).status, 405);
  assert.equal(wrong.headers.get("allow"), "GET, HEAD, OPTIONS, POST");
  const options = await ask("/api/v1/notes/search", { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("allow"), "GET, HEAD, OPTIONS");
  const head = await ask("/api/v1/notes", { method: "HEAD", token: admin });
  assert.equal(head.status, 200);
  assert.equal(head.body, null);
  assert.equal(head.headers.get("content-type"), "application/json");
});

Deno.test("a plain path is never taken for a parameter's value", async () => {
  assert.equal((await testApp(ENDPOINTS)("/api/v1/notes/search")).status, 204);
});

Deno.test("what is not there is a problem too", async () => {
  const ask = testApp(ENDPOINTS);
  for (const path of ["/api/v1/nothing", "/api/v2", "/api/v1/notes/a/b/c"]) {
    assert.equal((await problemOf(await ask(path))).status, 404);
  }
  const gone = await problemOf(await ask("/api/v1/notes/gone", { token: admin }));
  assert.equal(gone.detail, "There is no such note");
});

Deno.test("an unexpected error tells only the id under which it is logged", async () => {
  const response = await testApp(ENDPOINTS)("/api/v1/notes/broken", { token: admin });
  const text = await response.clone().text();
  assert.equal((await problemOf(response)).status, 500);
  assert.doesNotMatch(text, /hunter2|stack/);
  assert.match(text, new RegExp(REQUEST_ID));
});

Deno.test("what is down now says when to come back", async () => {
  const response = await testApp(ENDPOINTS)("/api/v1/notes/down", { token: admin });
  assert.equal((await problemOf(response)).status, 503);
  assert.equal(response.headers.get("retry-after"), "5");
});

Deno.test("an endpoint that breaks its own declaration is found out", async () => {
  const liar = endpoint({
    method: "GET",
    path: "/api/v1/liar",
    summary: "Lie",
    tags: [],
    permission: "public",
    responses: { 200: { description: "A short word", schema: z.string().max(3) } },
    handle: () => ({ status: 200, body: "a long word" }),
  });
  assert.equal((await testApp([liar])("/api/v1/liar")).status, 500);
  assert.equal((await testApp([liar], { verifyAnswers: false })("/api/v1/liar")).status, 200);
});

Deno.test("a principal's limit is told, kept, and not shared with others", async () => {
  const ask = testApp(ENDPOINTS, { principalRate: { limit: 2, windowSeconds: 60 } });
  const first = await ask("/api/v1/notes", { token: admin });
  assert.equal(first.headers.get("ratelimit-policy"), '"principal";q=2;w=60');
  assert.equal(first.headers.get("ratelimit"), '"principal";r=1;t=30');
  assert.equal((await ask("/api/v1/notes", { token: admin })).status, 200);
  const third = await ask("/api/v1/notes", { token: admin });
  assert.equal((await problemOf(third)).status, 429);
  const wait = Number(third.headers.get("retry-after"));
  assert.ok(wait > 0 && wait <= 30, String(wait));
  assert.match(third.headers.get("ratelimit") ?? "", /^"principal";r=0;t=\d+$/);
  assert.equal((await ask("/api/v1/notes", { token: tokenOf("client") })).status, 200);
});

Deno.test("each API key has a limit of its own, whichever header it comes in", async () => {
  const ask = testApp(ENDPOINTS, { principalRate: { limit: 2, windowSeconds: 60 } });
  const first = keyOf("one");
  assert.equal((await ask("/api/v1/notes", { token: first })).status, 200);
  const headers = { "x-api-key": first };
  assert.equal((await ask("/api/v1/notes", { headers })).status, 200);
  assert.equal((await problemOf(await ask("/api/v1/notes", { headers }))).status, 429);
  assert.equal((await ask("/api/v1/notes", { token: keyOf("two") })).status, 200, "same user");
});

Deno.test("an endpoint's own limit is counted apart", async () => {
  const ask = testApp(ENDPOINTS);
  const statuses = [];
  for (let at = 0; at < 3; at++) statuses.push((await ask("/api/v1/notes/search")).status);
  assert.deepEqual(statuses, [204, 204, 429]);
});

Deno.test("guessing tokens is slowed down, and not those who have one", async () => {
  const ask = testApp(ENDPOINTS, { networkRate: { limit: 3, windowSeconds: 60 } });
  for (let at = 0; at < 3; at++) {
    assert.equal((await ask("/api/v1/notes", { token: `guess${at}` })).status, 401);
  }
  assert.equal((await ask("/api/v1/notes", { token: "guess" })).status, 429);
  assert.equal((await ask("/api/v1/notes", { token: admin })).status, 200);
});

Deno.test("two endpoints can't claim one path", () => {
  const again = (path: `/api/${string}`, name: string) =>
    endpoint({
      method: "GET",
      path,
      summary: "Again",
      tags: [],
      permission: "public",
      params: z.strictObject({ [name]: z.string() }),
      responses: { 204: { description: "Nothing" } },
      handle: () => ({ status: 204 }),
    });
  assert.throws(() => testApp([readNote, again("/api/v1/notes/{note_id}", "note_id")]), TypeError);
  assert.throws(() => testApp([readNote, again("/api/v1/notes/{other}", "other")]), TypeError);
});

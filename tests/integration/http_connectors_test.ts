/** HTTP client connectors through the API: made, called, deleted, and what the gateway keeps. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import type { ApiClient } from "../client.ts";
import { outside, type Stack, startStack } from "./stack.ts";

const PATH = "/api/v1/http-connectors";

describe("HTTP connectors through the API", () => {
  let stack: Stack;
  let operator: ApiClient;
  let observer: ApiClient;
  let application: Deno.HttpServer<Deno.NetAddr>;
  const called: { method: string; fields: URLSearchParams }[] = [];
  let answer = () => new Response("ACK/Jasmin");

  before(async () => {
    stack = await startStack();
    operator = await stack.user("admin");
    observer = await stack.user("analyst");
    application = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (req) => {
        const text = req.method === "POST" ? await req.text() : new URL(req.url).search;
        called.push({ method: req.method, fields: new URLSearchParams(text) });
        return answer();
      },
    );
  });
  after(async () => {
    await application?.shutdown();
    await stack?.[Symbol.asyncDispose]();
  });

  const urlOf = (path: string) => `http://127.0.0.1:${application.addr.port}${path}`;
  const add = (cid: string, url: string, method = "POST") =>
    operator.post(PATH, { cid, url, method });
  const listed = async (client: ApiClient = operator) => (await client.get(PATH)).items;
  /** What another session of the gateway sees: only what was persisted. */
  const persisted = () => outside(stack.gateway, (console) => console.httpConnectors.list());

  it("one is made, persisted and listed with the routes that have a copy", async () => {
    const made = await add("crm", urlOf("/mo?token=s3cr3t"));
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert((await persisted()).some(({ cid }) => cid === "crm"));
    const items = await listed();
    const own = items.find(({ cid }: { cid: string }) => cid === "dashboard_mo");
    assert.deepEqual(own.routes, [0]);
    const masked = await listed(observer);
    assert(!JSON.stringify(masked).includes("s3cr3t"), "a token is for who may change it");
    assert(!JSON.stringify(masked).includes("/hooks/"));
  });

  it("what somebody else has persisted since is seen, and no change of ours writes over it", async () => {
    await outside(stack.gateway, async (console) => {
      await console.httpConnectors.add({ cid: "by_hand", url: urlOf("/hand"), method: "GET" });
      await console.filters.add({ fid: "by_hand", type: "TagFilter", tag: "1" });
    });
    assert((await listed()).some(({ cid }: { cid: string }) => cid === "by_hand"));
    assert.equal((await add("by_hand", urlOf("/other"))).status, 409);
    const added = { cid: "op_beside", settings: { host: "smsc.example.test" } };
    assert.equal((await operator.post("/api/v1/connectors", added)).status, 201);
    assert((await persisted()).some(({ cid }) => cid === "by_hand"));
    const filters = await outside(stack.gateway, (console) => console.filters.list());
    assert(filters.some(({ fid }) => fid === "by_hand"));
  });

  it("one of the same id is never replaced", async () => {
    assert.equal((await add("crm", urlOf("/other"))).status, 409);
    const kept = (await persisted()).find(({ cid }) => cid === "crm");
    assert.equal(kept?.url, urlOf("/mo?token=s3cr3t"));
  });

  it("a call shows what the application answers, whatever that is", async () => {
    const test = async (cid: string) => (await operator.post(`${PATH}/${cid}/test`)).body;
    const good = await test("crm");
    assert.deepEqual([good.status, good.body, good.acknowledged], [200, "ACK/Jasmin", true]);
    assert.equal(called.at(-1)?.method, "POST");
    assert.equal(called.at(-1)?.fields.get("origin-connector"), "crm");
    assert.equal((await add("getter", urlOf("/mo"), "GET")).status, 201);
    await test("getter");
    assert.equal(called.at(-1)?.method, "GET");
    assert.equal(called.at(-1)?.fields.get("from"), "00000");
    answer = () => new Response("x".repeat(100_000), { status: 500 });
    const bad = await test("crm");
    assert.deepEqual([bad.status, bad.body.length, bad.acknowledged], [500, 500, false]);
    answer = () =>
      new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } });
    assert.equal((await test("crm")).status, 302, "it is not led elsewhere");
    assert.equal((await add("nobody", "http://127.0.0.1:1/mo?token=t0ken")).status, 201);
    const none = await test("nobody");
    assert.equal(none.status, null);
    assert(none.error.length > 0 && !none.error.includes("t0ken"), none.error);
    assert.equal((await operator.post(`${PATH}/no_such/test`)).status, 404);
    assert.equal((await observer.post(`${PATH}/crm/test`)).status, 403);
  });

  it("one that routes have a copy of is deleted only when that is meant", async () => {
    const refused = await operator.ask("DELETE", `${PATH}/dashboard_mo`);
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /MO 0/);
    assert.equal((await operator.ask("DELETE", `${PATH}/getter`)).status, 204);
    assert(!(await persisted()).some(({ cid }) => cid === "getter"));
    assert.equal((await operator.ask("DELETE", `${PATH}/getter`)).status, 404);
  });

  it("every change and call has its entry, without what may be secret", async () => {
    const entries = await stack.sql<{ action: string; text: string }[]>`
      select action, row_to_json(a)::text as text from audit_entries a
      where subject_type = 'http_connector' order by seq`;
    assert.deepEqual(
      [...new Set(entries.map(({ action }) => action))],
      ["http_connector.create", "http_connector.test", "http_connector.remove"],
    );
    assert(!entries.some(({ text }) => /s3cr3t|t0ken/.test(text)));
    const commands = await stack.sql<{ text: string }[]>`
      select row_to_json(c)::text as text from gateway_commands c
      where name = 'http-connector.create'`;
    assert(commands.every(({ text }) => !text.includes("t0ken") || text.includes("result")));
  });

  it("any text as an address: read back exactly, or a field error; never a command", async () => {
    const known = (await persisted()).map(({ cid }) => cid);
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.webUrl(),
      fc.constantFrom("http://a.b/\nquit", "http://a.b/ ok", "http://localhost/\x1b[A", "ok", ""),
      fc.stringMatching(/^https?:\/\/[ -~]{1,30}$/),
    );
    await fc.assert(
      fc.asyncProperty(anyText, async (url) => {
        const { status, body } = await add("anything", url);
        if (status === 201) {
          assert.equal((await persisted()).find(({ cid }) => cid === "anything")?.url, url);
          assert.equal((await operator.ask("DELETE", `${PATH}/anything`)).status, 204);
        } else {
          assert.equal(status, 422, JSON.stringify(body));
          assert.match(body.errors[0].field, /url$/);
        }
        assert.deepEqual((await persisted()).map(({ cid }) => cid), known);
      }),
      { numRuns: 80 },
    );
  });
});

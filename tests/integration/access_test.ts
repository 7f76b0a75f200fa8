/** Who may do what, and whose is what: every endpoint for every caller, and accounts kept apart. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { v7 } from "uuid";
import { type Caller, everyEndpointTimesRole } from "../../routes/api/access_matrix.ts";
import type { Endpoint } from "../../routes/api/endpoint.ts";
import { ENDPOINTS } from "../../routes/api/v1/mod.ts";
import { createApp } from "../../routes/app.ts";
import { install, installation } from "../../routes/installation.ts";
import type { Account } from "../../services/accounts/mod.ts";
import type { Principal } from "../../services/auth/mod.ts";
import { UnauthenticatedError } from "../../services/errors/mod.ts";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { ENDS, numberFor, type Stack, startStack } from "./stack.ts";

let stack: Stack;
let shop: Account;
let clinic: Account;

describe("access", () => {
  before(async () => {
    stack = await startStack();
    shop = await stack.account("Shop");
    clinic = await stack.account("Clinic");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  describe("every endpoint for every kind of caller", () => {
    const requests = new Map<string, Caller>();
    let handle: (request: Request) => Promise<Response>;
    // One who exists, for what they make must belong to somebody.
    let userId: string;

    before(async () => {
      userId = (await (await stack.user("admin", shop)).get("/api/v1/profile")).id;
      const auth = { ...stack.services.auth, authenticate };
      // For this process's routes, the server of the stack included, until the whole is done.
      install({ ...installation(), services: { ...stack.services, auth } });
      handle = createApp().handler();
    });

    after(() => install({ ...installation(), services: stack.services }));

    // Callers that no user can be (a client of everything) are asked too: the matrix is by role and
    // scope, so principals are made up and only sign-in is left out.
    function authenticate(bearer: string | null | undefined): Promise<Principal> {
      const caller = requests.get((bearer ?? "").replace("Bearer ", ""));
      if (caller === undefined) return Promise.reject(new UnauthenticatedError("Nobody"));
      return Promise.resolve({
        kind: "user",
        userId,
        accountId: shop.id,
        role: caller.role,
        scope: caller.scope === "all" ? { kind: "all" } : { kind: "accounts", ids: [shop.id] },
        sessionId: v7(),
        language: "en",
      });
    }

    const cases = everyEndpointTimesRole(ENDPOINTS);
    const callers = new Set(cases.map(({ caller }) => `${caller?.role} ${caller?.scope}`)).size;

    it(`answers each of ${cases.length} as the matrix says`, async () => {
      assert.equal(cases.length, ENDPOINTS.length * callers);
      assert.equal(callers, 10, "nobody, five roles of everything, four of some accounts");
      for (const { name, endpoint, caller, expected } of cases) {
        const token = `token-${requests.size}`;
        if (caller !== null) requests.set(token, caller);
        const response = await handle(requestOf(endpoint, caller === null ? null : token));
        const { status } = response;
        const body = await response.text();
        if (expected !== "pass") {
          assert.equal(status, expected, name);
          assert.equal(response.headers.get("content-type"), "application/problem+json", name);
          assert.equal(JSON.parse(body).status, expected, name);
        } else assert(![401, 403].includes(status) && status < 500, `${name}: ${status} ${body}`);
      }
    });
  });

  it("has a document that is valid OpenAPI 3.1 and lists exactly the endpoints", async () => {
    const response = await fetch(`${stack.url}/api/openapi.json`);
    assert.equal(response.status, 200);
    const document = await response.json();
    assert.match(document.openapi, /^3\.1\./);
    assert.deepEqual(await new Validator().validate(structuredClone(document)), { valid: true });
    const listed = Object.entries<Record<string, unknown>>(document.paths).flatMap(
      ([path, item]) =>
        Object.keys(item)
          .filter((key) => ["get", "put", "post", "delete", "patch", "head"].includes(key))
          .map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(
      listed.toSorted(),
      ENDPOINTS.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });

  describe("accounts", () => {
    let shopClient: ApiClient;
    let clinicClient: ApiClient;
    let clinicManager: ApiClient;
    let operator: ApiClient;
    let ofShop: string;
    let ofClinic: string;

    before(async () => {
      shopClient = await stack.user("client", shop);
      clinicClient = await stack.user("client", clinic);
      clinicManager = await stack.user("campaign_manager", clinic);
      operator = await stack.user("super_admin");
      const send = async (client: ApiClient, text: string): Promise<string> =>
        (await client.post("/api/v1/messages/send", { to: numberFor(), text })).body.id;
      ofShop = await send(shopClient, "of the shop");
      ofClinic = await send(clinicClient, "of the clinic");
    });

    it("see no message of another, whoever asks and however", async () => {
      for (const client of [clinicClient, clinicManager]) {
        const read = await client.ask("GET", `/api/v1/messages/${ofShop}`);
        assert.equal(read.status, 404);
        assert.equal(read.body.type, "urn:jasmin-dashboard:problem:not-found");
        const none = await client.ask("GET", `/api/v1/messages/${v7()}`);
        assert.equal(
          read.body.detail.replace(ofShop, "ID"),
          none.body.detail.replace(/[0-9a-f-]{36}/, "ID"),
          "a foreign id and none at all are told in the same words",
        );
        const { items } = await client.get("/api/v1/messages?limit=200");
        const ids = items.map((each: { id: string }) => each.id);
        assert(ids.includes(ofClinic) && !ids.includes(ofShop));
        const past = await client.get(`/api/v1/messages?cursor=${ofShop}`);
        assert(past.items.every((each: { account_id: string }) => each.account_id === clinic.id));
      }
      assert.equal((await operator.ask("GET", `/api/v1/messages/${ofShop}`)).status, 200);
    });

    it("share no Idempotency-Key", async () => {
      const headers = { "Idempotency-Key": "order-1" };
      const body = { to: numberFor(), text: "the same for both" };
      const first = await shopClient.post("/api/v1/messages/send", body, headers);
      const second = await clinicClient.post("/api/v1/messages/send", body, headers);
      assert.deepEqual([first.status, second.status], [202, 202]);
      assert.notEqual(first.body.id, second.body.id);
      assert.equal(second.headers.get("idempotency-replayed"), null);
    });

    it("below the root see no MO, for MOs belong to the root", async () => {
      stack.gateway.receiveMo({
        cid: ENDS.delivered.cid,
        from: "34600999999",
        to: "22001",
        content: "Hello",
      });
      await until("the MO to arrive", 10, async () => {
        return (await operator.get("/api/v1/inbox")).items.length === 1;
      });
      for (const client of [shopClient, clinicManager]) {
        assert.deepEqual((await client.get("/api/v1/inbox")).items, []);
      }
    });

    it("are not told by whose connector their messages travel", async () => {
      const message = await until("delivery", 10, async () => {
        const seen = await shopClient.get(`/api/v1/messages/${ofShop}`);
        return seen.state === "delivered" && seen;
      });
      assert.equal(message.connector, null);
      assert(!JSON.stringify(message).includes(ENDS.delivered.cid), JSON.stringify(message));
      assert.equal((await operator.get(`/api/v1/messages/${ofShop}`)).connector, "op_main");
      const list = await shopClient.get("/api/v1/messages?connector=no_such");
      assert(list.items.length > 0, "nor may they find out by the filter");
    });

    it("may not send while they are suspended, but read", async () => {
      const account = await stack.account("Late payer");
      const client = await stack.user("client", account);
      await stack.sql`update accounts set status = 'suspended' where id = ${account.id}`;
      const refused = await client.post("/api/v1/messages/send", { to: numberFor(), text: "x" });
      assert.equal(refused.status, 409);
      assert.equal((await client.ask("GET", "/api/v1/messages")).status, 200);
    });
  });
});

/** A request that its endpoint's input check lets through, or nearly: what it names isn't there. */
function requestOf(endpoint: Endpoint, token: string | null): Request {
  const { method, path, example, permission } = endpoint;
  const target = path.replace("{cid}", "no_such").replaceAll(/\{[^}]*\}/g, v7());
  // Signing in with nonsense is a 401 of its own, which would look like the gate's.
  const given = permission === "public" ? {} : example;
  const body = method === "GET" ? undefined : given;
  const headers = new Headers(token === null ? {} : { authorization: `Bearer ${token}` });
  if (body !== undefined) headers.set("content-type", "application/json");
  return new Request(`http://localhost${target}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

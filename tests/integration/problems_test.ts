/** Every failure as RFC 9457 problem details, its kind stable and its words fit to mend it by. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Secret, TOTP } from "otpauth";
import { PROBLEM_TYPE_PREFIX, type ProblemKind, PROBLEMS } from "../../routes/api/problem.ts";
import { ALL_ACCOUNTS } from "../../services/accounts/mod.ts";
import { setQuota } from "../../services/billing/mod.ts";
import { type Answer, ApiClient, ask } from "../client.ts";
import { numberFor, PASSWORD, type Stack, startStack } from "./stack.ts";

const SEND = "/api/v1/messages/send";

/** Kinds that take an outage or a fault of ours to see: `health_test.ts` and `problem_test.ts`. */
const ELSEWHERE: readonly ProblemKind[] = ["internal", "unavailable"];

describe("problems", () => {
  let stack: Stack;
  let client: ApiClient;
  const seen = new Set<string>();

  before(async () => {
    stack = await startStack();
    client = await stack.user("campaign_manager", await stack.account("Shop"));
  });
  after(() => stack?.[Symbol.asyncDispose]());

  function assertProblem(answer: Answer, kind: ProblemKind): void {
    const { status, headers, body } = answer;
    assert.equal(body.type, PROBLEM_TYPE_PREFIX + kind, JSON.stringify(body));
    assert.equal(status, PROBLEMS[kind].status);
    assert.equal(body.status, status);
    assert.equal(body.title, PROBLEMS[kind].title);
    assert.equal(headers.get("content-type"), "application/problem+json");
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(body.instance, `urn:uuid:${headers.get("x-request-id")}`);
    assert.deepEqual(
      Object.keys(body).filter((key) =>
        !["type", "title", "status", "detail", "instance", "errors"].includes(key)
      ),
      [],
    );
    seen.add(kind);
  }

  it("malformed-request: what can't be read, with the place where it breaks", async () => {
    for (const body of ['{"to": ', '{"to": "+34600000001",}', "[".repeat(100), "\u0000"]) {
      const answer = await client.post(SEND, body);
      assertProblem(answer, "malformed-request");
      assert.match(answer.body.detail, /line 1, column \d+|nested too deeply/);
    }
    assertProblem(await client.ask("GET", "/api/v1/messages/%E0%A4%A"), "malformed-request");
  });

  it("unsupported-media-type", async () => {
    const headers = { "content-type": "text/plain" };
    assertProblem(await client.post(SEND, "{}", headers), "unsupported-media-type");
  });

  it("too-large, whether the length is told or not", async () => {
    const text = "x".repeat(300_000);
    assertProblem(await client.post(SEND, { to: "+34600000001", text }), "too-large");
    const response = await fetch(stack.url + SEND, {
      method: "POST",
      headers: { ...client.headers, "content-type": "application/json" },
      body: new Blob([JSON.stringify({ text })]).stream(),
    });
    const body = await response.json();
    assertProblem({ status: response.status, headers: response.headers, body }, "too-large");
  });

  it("validation: each fault with its field and the mend", async () => {
    const cases: readonly [unknown, string, RegExp][] = [
      [{ to: "600000001", text: "national" }, "to", /\+/i],
      [{ to: "+999", text: "no such country" }, "to", /./i],
      [{ to: "+34600000001" }, "text", /is missing|give/i],
      [{ to: "+34600000001", text: "" }, "text", /./i],
      [{ to: "+34600000001", text: "x".repeat(766) }, "text", /part/i],
      [{ to: "+34600000001", text: "a\u0000b" }, "text", /NUL/i],
      [{ to: "+34600000001", text: "x", from: "much too long a sender" }, "from", /./i],
      [{ to: "+34600000001", text: "x", from: "No\nbreak" }, "from", /./i],
      [{ to: 34600000001, text: "x" }, "to", /text|string/i],
      [{ to: "+34600000001", text: "x", extra: 1 }, "extra", /not known/i],
    ];
    for (const [body, field, words] of cases) {
      const answer = await client.post(SEND, body);
      assertProblem(answer, "validation");
      const fields = answer.body.errors.map((each: { field: string }) => each.field);
      assert(fields.includes(field), `${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
      assert.match(JSON.stringify(answer.body.errors), words);
    }
    const many = await client.post(SEND, { to: 1, text: 2, from: 3 });
    assert.equal(many.body.errors.length, 3, "all faults at once");
    for (const query of ["limit=0", "limit=201", "limit=x", "state=lost", "cursor=*", "q=1"]) {
      const answer = await client.ask("GET", `/api/v1/messages?${query}`);
      assertProblem(answer, "validation");
      assert.equal(answer.body.errors[0].field.split(".")[0], query.split("=")[0]);
    }
    const foreign = await client.ask("GET", "/api/v1/messages?cursor=abc");
    assertProblem(foreign, "validation");
    assertProblem(await client.ask("GET", "/api/v1/messages/not-an-id"), "validation");
    const key = await client.post(SEND, { to: numberFor(), text: "x" }, {
      "Idempotency-Key": "x".repeat(256),
    });
    assertProblem(key, "validation");
    assertProblem(await client.ask("GET", "/events?channels=nonsense"), "validation");
    assertProblem(await client.ask("GET", "/events"), "validation");
  });

  it("totp-required: the password is right, and a code is asked for", async () => {
    const email = await stack.addUser("analyst");
    const login = (code?: string) =>
      ask(stack.url, "POST", "/api/v1/auth/login", {
        body: { email, password: PASSWORD, ...(code === undefined ? {} : { code }) },
      });
    const { body } = await login();
    const analyst = new ApiClient(stack.url, body);
    const path = "/api/v1/profile/second-factor";
    const { secret } = (await analyst.post(path, { password: PASSWORD })).body;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    const { recovery_codes } = (await analyst.post(`${path}/confirm`, { code })).body;
    const asked = await login();
    assertProblem(asked, "totp-required");
    assert.match(asked.body.detail, /authenticator app/);
    assertProblem(await login(code), "totp-required");
    assert.equal((await login(recovery_codes[0])).status, 200);
  });

  it("unauthenticated, forbidden, not-found, method-not-allowed", async () => {
    const nobody = await ask(stack.url, "GET", "/api/v1/messages");
    assertProblem(nobody, "unauthenticated");
    assert.match(nobody.headers.get("www-authenticate") ?? "", /^Bearer realm=/);
    assertProblem(await ask(stack.url, "GET", "/events?channels=messages"), "unauthenticated");
    assertProblem(await client.ask("GET", "/api/v1/connectors"), "forbidden");
    assertProblem(await client.ask("GET", "/events?channels=connectors"), "forbidden");
    for (const path of ["/api/v1/nothing", "/api/", "/api/v2/messages", "/nothing"]) {
      assertProblem(await client.ask("GET", path), "not-found");
    }
    const put = await client.ask("PUT", "/api/v1/messages", { body: {} });
    assertProblem(put, "method-not-allowed");
    assert.equal(put.headers.get("allow"), "GET, HEAD, OPTIONS");
    assertProblem(await client.ask("POST", "/livez"), "method-not-allowed");
  });

  it("conflict: an Idempotency-Key for another request", async () => {
    const headers = { "Idempotency-Key": "conflict" };
    await client.post(SEND, { to: numberFor(), text: "one" }, headers);
    assertProblem(await client.post(SEND, { to: numberFor(), text: "two" }, headers), "conflict");
  });

  it("quota-exceeded: nothing is queued beyond the quota", async () => {
    const account = await stack.account("Small");
    const small = await stack.user("client", account);
    await setQuota(stack.sql, ALL_ACCOUNTS, account.id, { allowance: 3n, period: "total" });
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => {
      const answer = await small.post(SEND, { to: numberFor(), text: "x" });
      if (answer.status !== 202) assertProblem(answer, "quota-exceeded");
      return answer.status;
    }));
    assert.equal(statuses.filter((status) => status === 202).length, 3);
    assert.equal((await small.get("/api/v1/messages")).items.length, 3);
  });

  it("rate-limited: with Retry-After and the headers that say how much is left", async () => {
    const headers = { "x-forwarded-for": "203.0.113.250" };
    const wave = () =>
      Promise.all(
        Array.from({ length: 310 }, () =>
          ask(stack.url, "POST", "/api/v1/auth/refresh", {
            body: { refresh_token: "jdr_none" },
            headers,
          })),
      );
    // 300 a minute come through, and more come back with time: on a busy machine one wave is none.
    let limited: Awaited<ReturnType<typeof wave>> = [];
    for (let waves = 1; limited.length === 0 && waves <= 5; waves++) {
      const answers = await wave();
      limited = answers.filter(({ status }) => status === 429);
      assert(waves > 1 || limited.length <= 10, `${limited.length} of the first 310`);
    }
    const [first] = limited;
    assert(first !== undefined);
    assertProblem(first, "rate-limited");
    assert(Number(first.headers.get("retry-after")) >= 1);
    assert.match(first.headers.get("ratelimit") ?? "", /;r=0;/);
    const elsewhere = await ask(stack.url, "POST", "/api/v1/auth/refresh", {
      body: { refresh_token: "jdr_none" },
      headers: { "x-forwarded-for": "203.0.113.251" },
    });
    assert.equal(elsewhere.status, 401);
  });

  it("every kind was seen, but those that take an outage", () => {
    const kinds = Object.keys(PROBLEMS).filter((kind) => !ELSEWHERE.some((each) => each === kind));
    assert.deepEqual([...seen].toSorted(), kinds.toSorted());
  });
});

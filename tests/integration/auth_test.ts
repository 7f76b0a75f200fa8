/** Signing in, staying signed in, signing out, through the whole server. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Answer, ApiClient, ask } from "../client.ts";
import { PASSWORD, type Stack, startStack } from "./stack.ts";

describe("signing in", () => {
  let stack: Stack;
  let email: string;

  before(async () => {
    stack = await startStack();
    email = await stack.addUser("analyst");
  });
  after(() => stack?.[Symbol.asyncDispose]());

  const login = (
    credentials: { email: string; password: string },
    ip = "192.0.2.1",
  ): Promise<Answer> =>
    ask(stack.url, "POST", "/api/v1/auth/login", {
      body: credentials,
      headers: { "x-forwarded-for": ip },
    });
  const refresh = (refresh_token: string): Promise<Answer> =>
    ask(stack.url, "POST", "/api/v1/auth/refresh", { body: { refresh_token } });
  const listMessages = async (access_token: string): Promise<number> =>
    (await ask(stack.url, "GET", "/api/v1/messages", {
      headers: { authorization: `Bearer ${access_token}` },
    })).status;

  it("gives a pair of tokens by the names of RFC 6749, never to be stored", async () => {
    const { status, headers, body } = await login({ email, password: PASSWORD });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), [
      "access_token",
      "expires_in",
      "refresh_token",
      "token_type",
    ]);
    assert.equal(body.token_type, "Bearer");
    assert(body.expires_in > 0);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(await listMessages(body.access_token), 200);
  });

  it("refuses a wrong password and an unknown address in the same words", async () => {
    const wrong = await login({ email, password: "not it" }, "192.0.2.2");
    const unknown = await login({ email: "nobody@example.test", password: "not it" }, "192.0.2.2");
    for (const { status, headers, body } of [wrong, unknown]) {
      assert.equal(status, 401);
      assert.equal(headers.get("content-type"), "application/problem+json");
      assert.match(headers.get("www-authenticate") ?? "", /^Bearer/);
      assert.equal(body.type, "urn:jasmin-dashboard:problem:unauthenticated");
    }
    assert.equal(wrong.body.detail, unknown.body.detail);
  });

  it("refuses a token that is none, changed or signed by another key", async () => {
    const { token } = await ApiClient.signIn(stack.url, email, PASSWORD);
    const [head, claims, signature = ""] = token.split(".");
    const flipped = (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
    const unsigned = btoa('{"alg":"none"}').replaceAll("=", "");
    const wrong = ["x", `${head}.${claims}.${flipped}`, `${unsigned}.${claims}.`, `${token}x`];
    for (const bad of wrong) assert.equal(await listMessages(bad), 401, bad);
    assert.equal((await ask(stack.url, "GET", "/api/v1/messages")).status, 401);
    assert.equal(await listMessages(token), 200);
  });

  it("rotates a refresh token; one that is used up again ends the whole session", async () => {
    const first = (await login({ email, password: PASSWORD })).body;
    const second = (await refresh(first.refresh_token)).body;
    assert.notEqual(second.refresh_token, first.refresh_token);
    assert.equal(await listMessages(second.access_token), 200);
    // An answer that was lost on its way: the same successor again, while nobody has used it.
    const repeated = await refresh(first.refresh_token);
    assert.equal(repeated.status, 200);
    assert.equal(repeated.body.refresh_token, second.refresh_token);

    const third = await refresh(second.refresh_token);
    assert.equal(third.status, 200);
    const reused = await refresh(first.refresh_token);
    assert.equal(reused.status, 401);
    assert.equal((await refresh(third.body.refresh_token)).status, 401, "the family is over");
    for (const { access_token } of [first, second, third.body]) {
      assert.equal(await listMessages(access_token), 401, "access tokens go with it");
    }
    const [told] = await stack.sql<{ count: number }[]>`
      select count(*)::int from audit_entries where action = 'auth.refresh_reuse'`;
    assert.equal(told?.count, 1);
  });

  it("gives 20 refreshes at once one successor", async () => {
    const { refresh_token } = (await login({ email, password: PASSWORD })).body;
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refresh_token)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
  });

  it("ends the session at logout, by access token or by refresh token", async () => {
    const byAccess = await ApiClient.signIn(stack.url, email, PASSWORD);
    const other = await ApiClient.signIn(stack.url, email, PASSWORD);
    const gone = await byAccess.post("/api/v1/auth/logout");
    assert.deepEqual([gone.status, gone.body], [204, null]);
    assert.equal(await listMessages(byAccess.token), 401);
    assert.equal((await refresh(byAccess.refreshToken)).status, 401);
    assert.equal(await listMessages(other.token), 200, "another session goes on");

    const third = await ApiClient.signIn(stack.url, email, PASSWORD);
    await other.post("/api/v1/auth/logout", { refresh_token: third.refreshToken });
    assert.equal((await refresh(third.refreshToken)).status, 401);
    assert.equal(await listMessages(third.token), 401);
    assert.equal(await listMessages(other.token), 200);
  });

  it("slows guessing down by 429 with Retry-After, without locking the owner out", async () => {
    const victim = await stack.addUser("client", await stack.account("Victim"));
    assert.equal((await login({ email: victim, password: PASSWORD }, "203.0.113.7")).status, 200);
    const attacker = "198.51.100.66";
    const statuses: number[] = [];
    let refused: Answer | undefined;
    for (let guess = 0; guess < 6; guess++) {
      const answer = await login({ email: victim, password: `guess ${guess}` }, attacker);
      statuses.push(answer.status);
      if (answer.status === 429) refused = answer;
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
    assert.equal(refused?.body.type, "urn:jasmin-dashboard:problem:rate-limited");
    const seconds = Number(refused?.headers.get("retry-after"));
    assert(Number.isInteger(seconds) && seconds >= 1 && seconds <= 4, `${seconds}`);
    const right = await login({ email: victim, password: PASSWORD }, attacker);
    assert.equal(right.status, 429, "not even the right password tells itself meanwhile");
    assert.equal((await login({ email: victim, password: PASSWORD }, "203.0.113.7")).status, 200);
  });

  it("honours at once what a session's user or role has become", async () => {
    const address = await stack.addUser("analyst", await stack.account("Closed soon"));
    const client = await ApiClient.signIn(stack.url, address, PASSWORD);
    assert.equal(await listMessages(client.token), 200);
    await stack.sql`update users set status = 'disabled' where email = ${address}`;
    assert.equal((await refresh(client.refreshToken)).status, 401);
    assert.equal((await login({ email: address, password: PASSWORD }, "192.0.2.9")).status, 401);
    assert.equal(await listMessages(client.token), 401);
  });
});

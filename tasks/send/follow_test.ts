import assert from "node:assert/strict";
import { ApiClient } from "./api_client.ts";
import { follow, type Followed, transitionOf } from "./follow.ts";
import { Problem } from "./problem.ts";
import { problem, TestService } from "./testing.ts";

interface Told extends Followed {
  readonly states: readonly string[];
  readonly cuts: number;
}

/** Signs in and follows one message; the states are those that were told, in order. */
async function run(service: TestService, timeoutMs = 20_000): Promise<Told> {
  const states: string[] = [];
  let cuts = 0;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const credentials = { email: "a@example.com", password: "b" };
    const client = await ApiClient.signIn(service.url, credentials, stop.signal);
    const request = { to: "+34600000001", text: "Hello", from: undefined };
    const followed = await follow(client, request, {
      taken: () => {},
      moved: (state) => states.push(state),
      cut: () => cuts += 1,
    }, stop.signal);
    return { ...followed, states, cuts };
  } finally {
    clearTimeout(timer);
  }
}

Deno.test("follow() subscribes before it sends, and tells each state to the end", async () => {
  await using service = new TestService();
  service.onSend = () => {
    // Told by two processes: the later move first.
    service.move("sent", { afterMs: 20 });
    service.move("accepted", { afterMs: 10 });
    service.move("delivered", { afterMs: 30 });
  };
  const { states, message, final } = await run(service);
  assert.deepEqual(states, ["queued", "accepted", "sent", "delivered"]);
  assert.deepEqual([message.state, final], ["delivered", true]);
  const events = service.requests.indexOf("GET /events");
  assert(events >= 0 && events < service.requests.indexOf("POST /api/v1/messages/send"));
});

Deno.test("follow() goes on after a cut from its last event, and misses nothing", async () => {
  await using service = new TestService();
  service.onSend = () => {
    service.move("accepted", { afterMs: 10 });
    // Another account's message meanwhile moves the position too.
    service.publish("messages", { type: "messages.transition", data: { id: "other" } });
    service.cut();
    service.move("sent", { afterMs: 20 });
    service.move("delivered", { afterMs: 30 });
  };
  const { states, cuts } = await run(service);
  assert.deepEqual(states, ["queued", "accepted", "sent", "delivered"]);
  assert.equal(cuts, 1);
  assert.deepEqual(service.lastEventIds, [null, "epoch:2"]);
});

Deno.test("follow() asks for the message when the stream tells a gap", async () => {
  await using service = new TestService();
  service.onSend = () => {
    service.move("accepted", { afterMs: 10, told: false });
    service.move("delivered", { afterMs: 20, told: false });
    service.cut({ forget: true });
  };
  const { states, message } = await run(service);
  assert.equal(message.state, "delivered");
  assert.deepEqual(states, ["queued", "accepted", "delivered"]);
});

Deno.test("follow() asks for the message when nothing was told for long", async () => {
  await using service = new TestService();
  service.onSend = () => {
    service.move("delivered", { afterMs: 20, told: false });
    service.beat();
  };
  const { states, message } = await run(service);
  assert.equal(message.state, "delivered");
  assert.deepEqual(states, ["queued", "delivered"]);
});

Deno.test("follow() repeats a request that failed under its one key", async () => {
  await using service = new TestService();
  let refusals = 2;
  service.refuse = (request) => {
    if (!request.url.endsWith("/send") || refusals-- <= 0) return undefined;
    service.idempotencyKeys.add(request.headers.get("idempotency-key"));
    return problem(503, { detail: "The database can't be reached now" });
  };
  service.onSend = () => service.move("delivered", { afterMs: 5 });
  assert.equal((await run(service)).message.state, "delivered");
  assert.equal(service.idempotencyKeys.size, 1);
  assert.equal(service.requests.filter((each) => each.endsWith("/send")).length, 3);
});

Deno.test("the client exchanges its token before it ends, and when the service says so", async () => {
  await using service = new TestService();
  service.expiresIn = 0;
  service.onSend = () => service.move("delivered", { afterMs: 5 });
  await run(service);
  const refreshes = () => service.requests.filter((each) => each.endsWith("/refresh")).length;
  assert(refreshes() >= 3, "each request finds the token at its end");

  const [before, sent] = [refreshes(), { refused: false }];
  service.expiresIn = 900;
  service.refuse = (request) => {
    if (!request.url.endsWith("/send") || sent.refused) return undefined;
    sent.refused = true;
    return problem(401, { detail: "The access token has expired" });
  };
  await run(service);
  assert.equal(refreshes(), before + 1);
});

Deno.test("follow() throws what the service refuses, with its fields", async () => {
  await using service = new TestService();
  service.refuse = (request) =>
    request.url.endsWith("/send")
      ? problem(422, {
        title: "Invalid input",
        errors: [{ field: "to", message: "Has no country code; write it with a plus" }],
      })
      : undefined;
  await assert.rejects(run(service), (error) => {
    assert(error instanceof Problem);
    assert.deepEqual(error.lines, [
      "Invalid input (HTTP 422)",
      "  to: Has no country code; write it with a plus",
    ]);
    return true;
  });
});

Deno.test("follow() throws when the role may not listen", async () => {
  await using service = new TestService();
  service.refuse = (request) =>
    request.url.includes("/events")
      ? problem(403, { detail: "Your role may not read it" })
      : undefined;
  await assert.rejects(run(service), Problem);
  assert(!service.requests.includes("POST /api/v1/messages/send"));
});

Deno.test("follow() gives the last state when the time is up", async () => {
  await using service = new TestService();
  service.onSend = () => service.move("accepted", { afterMs: 10 });
  const { final, message, states } = await run(service, 600);
  assert.equal(final, false);
  assert.equal(message.state, "accepted");
  assert.deepEqual(states, ["queued", "accepted"]);
});

Deno.test("transitionOf() takes transitions alone", () => {
  const data = { id: "1", state: "sent", at: "2026-01-02T03:04:05.678Z" };
  assert.equal(transitionOf(JSON.stringify({ type: "messages.transition", data }))?.state, "sent");
  assert.equal(transitionOf(JSON.stringify({ type: "messages.received", data })), undefined);
  assert.equal(transitionOf("not JSON"), undefined);
});

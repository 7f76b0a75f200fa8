/**
 * The gateway fails in each of its ways; nothing is lost, and nothing is sent twice. What counts is
 * the simulated gateway's own ledger.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { ApiClient } from "../client.ts";
import { until } from "../until.ts";
import { acceptedFor, numberFor, outside, type Stack, startStack } from "./stack.ts";

const SEND = "/api/v1/messages/send";

describe("a gateway that fails", () => {
  let stack: Stack;
  let operator: ApiClient;

  before(async () => {
    stack = await startStack();
    operator = await stack.user("super_admin");
  });
  after(() => stack?.[Symbol.asyncDispose]());
  beforeEach(() => stack.gateway.setHttpFault(undefined));

  const send = async (to: string): Promise<string> => {
    const { status, body } = await operator.post(SEND, { to, text: "through it" });
    assert.equal(status, 202);
    return body.id;
  };
  const reaches = (id: string, state: string, seconds = 20) =>
    until(`${id} to be ${state}`, seconds, async () => {
      const message = await operator.get(`/api/v1/messages/${id}`);
      return message.state === state && message;
    });
  const dependency = async (name: string): Promise<{ state: string; detail: string | null }> => {
    const { body } = await operator.ask("GET", "/healthz");
    return body.dependencies.find((each: { name: string }) => each.name === name);
  };

  it("HTTP down: messages stay queued and go out once, when it is back", async () => {
    await stack.gateway.setHttpListening(false);
    const numbers = Array.from({ length: 20 }, () => numberFor());
    let ids: string[];
    try {
      ids = await Promise.all(numbers.map(send));
      await until("an attempt to be deferred", 10, async () => {
        const [row] = await stack.sql<{ count: number }[]>`
          select count(*)::int from messages
          where id = any(${ids}::uuid[]) and state = 'queued' and attempts > 0`;
        return (row?.count ?? 0) > 0;
      });
      await until("the health to tell it", 10, async () => {
        return (await dependency("gateway-http")).state === "down";
      });
      assert.equal((await operator.ask("GET", "/healthz")).status, 503);
      const [row] = await stack.sql<{ states: string[] }[]>`
        select array_agg(distinct state) as states from messages where id = any(${ids}::uuid[])`;
      assert(row?.states.every((state) => ["queued", "sending"].includes(state)), `${row?.states}`);
    } finally {
      await stack.gateway.setHttpListening(true);
    }
    for (const id of ids) await reaches(id, "delivered", 40);
    for (const to of numbers) assert.equal(acceptedFor(stack.gateway, to), 1);
    await until("the health to tell that too", 10, async () => {
      return (await operator.ask("GET", "/healthz")).status === 200;
    });
  });

  it("500: uncertain, never sent again by itself, unconfirmed when its time is over", async () => {
    stack.gateway.setHttpFault({ kind: "error", path: "/send" });
    const to = numberFor();
    const id = await send(to);
    const message = await reaches(id, "uncertain");
    assert.match(message.reason, /500/);
    assert.equal(message.attempts, 1);
    stack.gateway.setHttpFault(undefined);
    // Another message after it shows that the dispatcher has passed over this one.
    await reaches(await send(numberFor()), "delivered");
    assert.equal((await operator.get(`/api/v1/messages/${id}`)).state, "uncertain");
    await stack.sql`update messages set due_at = now() where id = ${id}`;
    await reaches(id, "unconfirmed");
    assert.equal(acceptedFor(stack.gateway, to), 0);
  });

  it("cut before it did anything: uncertain, and never sent again", async () => {
    stack.gateway.setHttpFault({ kind: "cut", path: "/send" });
    const to = numberFor();
    const id = await send(to);
    await reaches(id, "uncertain");
    stack.gateway.setHttpFault(undefined);
    await reaches(await send(numberFor()), "delivered");
    assert.equal((await operator.get(`/api/v1/messages/${id}`)).state, "uncertain");
    assert.equal(acceptedFor(stack.gateway, to), 0);
  });

  it("cut after it took the message: its DLR settles what was uncertain, sent once", async () => {
    stack.gateway.changeConnector("op_main", { latencyMs: 400 });
    stack.gateway.setHttpFault({ kind: "cut-after", path: "/send" });
    const to = numberFor();
    const id = await send(to);
    await reaches(id, "uncertain");
    stack.gateway.setHttpFault(undefined);
    stack.gateway.changeConnector("op_main", { latencyMs: 2 });
    const message = await reaches(id, "delivered");
    assert.equal(message.connector, "op_main");
    const states = message.transitions.map((step: { state: string }) => step.state);
    assert.deepEqual(
      states.filter((state: string) => state !== "sent"),
      ["queued", "sending", "uncertain", "delivered"],
    );
    const [accepted, ...more] = stack.gateway.ledger.accepted.filter((each) =>
      each.to === to.slice(1)
    );
    assert.equal(more.length, 0);
    assert.equal(message.gateway_message_id, accepted?.msgid);
  });

  it("faults on a third of all requests: each message once at most, and none lost", async () => {
    const faults = ["error", "cut", "cut-after"] as const;
    const sent: [id: string, to: string][] = [];
    for (const kind of faults) {
      stack.gateway.setHttpFault({ kind, share: 0.34, path: "/send" });
      const numbers = Array.from({ length: 40 }, () => numberFor());
      const ids = await Promise.all(numbers.map(send));
      ids.forEach((id, index) => sent.push([id, numbers[index] ?? ""]));
      await until("the queue to be empty", 30, async () => {
        const [row] = await stack.sql<{ count: number }[]>`
          select count(*)::int from messages where state in ('queued', 'sending', 'accepted')`;
        return row?.count === 0;
      });
    }
    stack.gateway.setHttpFault(undefined);
    for (const [id, to] of sent) {
      const accepted = acceptedFor(stack.gateway, to);
      assert(accepted <= 1, `${id} was sent ${accepted} times`);
      if (accepted === 1) await reaches(id, "delivered");
      else assert.equal((await operator.get(`/api/v1/messages/${id}`)).state, "uncertain");
    }
  });

  it("throughput exceeded: retried until it is taken, each message once", async () => {
    const [user] = await stack.sql<{ uid: string }[]>`select uid from gateway_users`;
    const uid = user?.uid ?? "";
    await outside(
      stack.gateway,
      (console) => console.users.update(uid, { credentials: { quota: { http_throughput: 4 } } }),
    );
    const numbers = Array.from({ length: 8 }, () => numberFor());
    const ids = await Promise.all(numbers.map(send));
    await until("the gateway to refuse one for now", 10, async () => {
      const deferred = await stack.sql`
        select from message_events where signal = 'defer' and detail->>'why' = 'throughput'`;
      return deferred.length > 0;
    });
    await outside(
      stack.gateway,
      (console) => console.users.update(uid, { credentials: { quota: { http_throughput: null } } }),
    );
    for (const id of ids) await reaches(id, "delivered", 30);
    for (const to of numbers) assert.equal(acceptedFor(stack.gateway, to), 1);
  });

  it("a connector that is stopped: accepted, sent when it is started", async () => {
    const stopped = await operator.post("/api/v1/connectors/op_main/stop");
    assert.equal(stopped.body.state, "stopped");
    const to = numberFor();
    const id = await send(to);
    await reaches(id, "accepted");
    assert.equal(stack.gateway.backlog.queued, 1);
    await operator.post("/api/v1/connectors/op_main/start");
    await reaches(id, "delivered");
    assert.equal(acceptedFor(stack.gateway, to), 1);
  });

  it("restarted: what it had accepted is delivered, what waits goes out", async () => {
    const numbers = Array.from({ length: 10 }, () => numberFor());
    const ids = await Promise.all(numbers.map(send));
    for (const id of ids) await reaches(id, "delivered");
    await stack.gateway.restart();
    const to = numberFor();
    const id = await send(to);
    await reaches(id, "delivered", 40);
    assert.equal(acceptedFor(stack.gateway, to), 1);
  });
});

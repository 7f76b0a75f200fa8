import assert from "node:assert/strict";
import type { Subject } from "../services/auth/mod.ts";
import { ForbiddenError, UnauthenticatedError, ValidationError } from "../services/errors/mod.ts";
import {
  Hub,
  type HubOptions,
  LIVE_STREAM,
  type LiveEvent,
  publish,
} from "../services/live/mod.ts";
import { EventSourceClient } from "../services/live/testing/event_source.ts";
import { onBothStreams } from "../services/live/testing/places.ts";
import { everyone, member } from "../services/live/testing/subjects.ts";
import type { Stream } from "../services/stream/mod.ts";
import { events } from "./events.ts";

interface Web {
  readonly hub: Hub;
  /** @param held until it resolves, the client reads nothing of the response */
  connect(
    subject: Subject,
    query: string,
    recheck?: () => Promise<Subject>,
    held?: Promise<void>,
  ): EventSourceClient;
}

async function withWeb(
  stream: Stream,
  options: Partial<HubOptions>,
  body: (web: Web) => Promise<void>,
): Promise<void> {
  const hub = new Hub({ stream, snapshot: () => Promise.resolve({ state: "now" }), ...options });
  hub.start();
  const clients: EventSourceClient[] = [];
  const subjects = new Map<string, [Subject, (() => Promise<Subject>) | undefined]>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const [subject, recheck] = subjects.get(request.headers.get("x-client") ?? "") ?? [];
    assert.ok(subject);
    return events(request, { subject, hub, ...(recheck ? { recheck } : {}) });
  });
  try {
    await body({
      hub,
      connect(subject, query, recheck, held) {
        const name = String(subjects.size);
        subjects.set(name, [subject, recheck]);
        const url = `http://127.0.0.1:${server.addr.port}/events?${query}`;
        const client = new EventSourceClient(async (lastEventId, signal) => {
          const headers = {
            "x-client": name,
            ...(lastEventId ? { "last-event-id": lastEventId } : {}),
          };
          const response = await fetch(url, { headers, signal });
          await held;
          return response;
        });
        clients.push(client);
        return client;
      },
    });
  } finally {
    await hub.close();
    for (const client of clients) await client.cut();
    await server.shutdown();
  }
}

function transition(n: number, account_id: string | null = null): LiveEvent {
  return { channel: "messages", event: "transition", data: { n, account_id, connector: "smpp1" } };
}

function numbers(client: EventSourceClient): number[] {
  return client.events.filter((each) => each.name === "messages")
    .map((each) => JSON.parse(each.data).data.n);
}

onBothStreams("SSE: a client cut at random 100 times gets every entry once, in order", (stream) =>
  // A small ring, so that clients also resume from the stream itself.
  withWeb(stream, { ring: { items: 64 } }, async ({ connect }) => {
    const client = connect(everyone, "channels=messages");
    const total = 3_000;
    let published = 0;
    const publishing = (async () => {
      while (published < total) {
        const size = Math.min(1 + Math.floor(Math.random() * 40), total - published);
        const from = published;
        published += size;
        await publish(stream, Array.from({ length: size }, (_, i) => transition(from + i)));
        await new Promise((resolve) => setTimeout(resolve, 25)); // entries come over seconds
      }
    })();
    let running = client.run();
    await client.until(() => client.events.length > 0); // the first snapshot gives the position
    const before = numbers(client)[0] ?? 0;
    for (let cut = 0; cut < 100; cut++) {
      const seen = client.events.length;
      const wanted = seen + Math.floor(Math.random() * 40);
      await Promise.race([
        client.until(() => client.events.length >= wanted),
        new Promise((resolve) => setTimeout(resolve, Math.random() * 60)),
      ]);
      await client.cut();
      await running;
      running = client.run();
    }
    await publishing;
    await client.until(() => numbers(client).at(-1) === total - 1);
    const got = numbers(client);
    const first = got[0] ?? -1;
    assert.ok(before === 0 || before === first);
    assert.deepEqual(got, Array.from({ length: total - first }, (_, i) => first + i));
    assert.deepEqual(client.events.filter((each) => each.name === "gap"), []);
    await client.cut();
  }));

onBothStreams(
  "SSE: a new client gets retry, a snapshot, and what follows",
  (stream) =>
    withWeb(stream, {}, async ({ hub, connect }) => {
      await publish(stream, [transition(0)]);
      const client = connect(everyone, "channels=messages,metrics");
      const running = client.run();
      await client.until(() => client.events.length === 1);
      assert.equal(client.retry, 2_000);
      assert.deepEqual([client.events[0]?.name, client.events[0]?.data], [
        "snapshot",
        '{"state":"now"}',
      ]);
      await publish(stream, [transition(1)]);
      await client.until(() => numbers(client).includes(1));
      const last = client.events.at(-1);
      assert.equal(last?.id, hub.position);
      assert.deepEqual(JSON.parse(last?.data ?? ""), {
        type: "messages.transition",
        data: { n: 1, account_id: null, connector: "smpp1" },
      });
      assert.equal(hub.clients, 1);
      await hub.close();
      await running; // the server ended it
      assert.equal(hub.clients, 0);
    }),
);

onBothStreams(
  "SSE: a client behind the stream or of another epoch gets gap and snapshot",
  (stream) =>
    withWeb(stream, { ring: { items: 4 } }, async ({ hub, connect }) => {
      const client = connect(everyone, "channels=messages");
      const running = client.run();
      await client.until(() => client.events.length > 0);
      await client.cut();
      await running;
      const behind = client.lastEventId;
      await publish(stream, Array.from({ length: 10 }, (_, n) => transition(n)));
      await new Promise((resolve) => setTimeout(resolve, 20)); // to be older than the trim's age
      await stream.trimOlderThan(LIVE_STREAM, 5);
      const [epoch = ""] = behind.split(":");
      const ids = [
        behind,
        "no event id",
        "00000000-0000-4000-8000-000000000000:5",
        `${epoch}:${"9".repeat(17)}`,
      ];
      for (const id of ids) {
        const late = connect(everyone, "channels=messages");
        late.lastEventId = id;
        const again = late.run();
        await late.until(() => late.events.length === 2);
        assert.deepEqual(late.events.map((each) => each.name), ["gap", "snapshot"], id);
        assert.equal(late.events[0]?.id, id); // a cut between the two must not hide the gap
        assert.equal(late.lastEventId, hub.position);
        await publish(stream, [transition(99)]);
        await late.until(() => numbers(late).includes(99));
        await late.cut();
        await again;
      }
    }),
);

onBothStreams(
  "SSE: connected clients learn that the stream was lost",
  (stream) =>
    withWeb(stream, {}, async ({ connect }) => {
      const client = connect(everyone, "channels=messages");
      const running = client.run();
      await client.until(() => client.events.length > 0);
      await publish(stream, [transition(1)]);
      await client.until(() => numbers(client).length === 1);
      await stream.reset(LIVE_STREAM);
      await publish(stream, [transition(2)]);
      await client.until(() =>
        client.events.at(-1)?.name === "snapshot" && client.events.length > 2
      );
      await publish(stream, [transition(3)]);
      await client.until(() => numbers(client).includes(3));
      const names = client.events.map((each) => each.name);
      assert.deepEqual(names.slice(0, 4), ["snapshot", "messages", "gap", "snapshot"]);
      assert.equal(client.events.find((each) => each.name === "gap")?.data, '{"reason":"epoch"}');
      await client.cut();
      await running;
    }),
);

onBothStreams(
  "SSE: a client sees only its accounts, its channels and its permissions",
  (stream) =>
    withWeb(stream, {}, async ({ connect }) => {
      const viewers = {
        everything: connect(everyone, "channels=metrics,connectors,alerts,messages"),
        metrics: connect(everyone, "channels=metrics"),
        tenant: connect(member("client", "a1"), "channels=metrics,alerts,messages"),
        reseller: connect(member("admin", "a1", "a2"), "channels=metrics,messages"),
      };
      const running = Object.values(viewers).map((each) => each.run());
      for (const each of Object.values(viewers)) await each.until(() => each.events.length > 0);
      await publish(stream, [
        transition(1, "a1"),
        transition(2, "a2"),
        transition(3, "a3"),
        transition(4),
        { channel: "connectors", event: "state", data: { cid: "smpp1" } },
        { channel: "metrics", event: "installation", data: { mt: 1 } },
        { channel: "metrics", event: "account", data: { mt: 2, account_id: "a1" } },
        { channel: "alerts", event: "raised", data: { n: 1, account_id: "a2" } },
        { channel: "alerts", event: "raised", data: { n: 2, account_id: "a1" } },
        { channel: "alerts", event: "raised", data: { n: 3 } },
        transition(5, "a1"),
      ]);
      await viewers.everything.until(() => numbers(viewers.everything).includes(5));
      await viewers.tenant.until(() => numbers(viewers.tenant).includes(5));
      await viewers.reseller.until(() => numbers(viewers.reseller).includes(5));
      // Who sees all accounts is told the installation's figures, not each account's.
      await viewers.metrics.until(() => viewers.metrics.events.length === 2);
      const told = (client: EventSourceClient) =>
        client.events.slice(1).map(({ name, data }) => {
          const { data: { n, mt, cid } } = JSON.parse(data);
          return `${name} ${n ?? mt ?? cid}`;
        });
      assert.deepEqual(told(viewers.everything), [
        "messages 1",
        "messages 2",
        "messages 3",
        "messages 4",
        "connectors smpp1",
        "metrics 1",
        "alerts 1",
        "alerts 2",
        "alerts 3",
        "messages 5",
      ]);
      assert.deepEqual(told(viewers.metrics), ["metrics 1"]);
      assert.deepEqual(told(viewers.tenant), ["messages 1", "metrics 2", "alerts 2", "messages 5"]);
      assert.deepEqual(told(viewers.reseller), [
        "messages 1",
        "messages 2",
        "metrics 2",
        "messages 5",
      ]);
      const ofTenant = viewers.tenant.events.filter((each) => each.name === "messages");
      assert.ok(
        ofTenant.every((each) => !each.data.includes("smpp1")),
        "told whose connector it was",
      );
      assert.ok(
        viewers.everything.events.some((each) => each.data.includes('"connector":"smpp1"')),
      );
      for (const each of Object.values(viewers)) await each.cut();
      await Promise.all(running);
    }),
);

onBothStreams(
  "SSE: wrong channels are refused before the stream opens",
  (stream) =>
    withWeb(stream, {}, async ({ hub }) => {
      const ask = (subject: Subject, query: string) => () =>
        events(new Request(`http://localhost/events?${query}`), { subject, hub });
      for (const query of ["", "channels=", "channels=messages,nonsense"]) {
        assert.throws(ask(everyone, query), (error: Error) => {
          assert.ok(error instanceof ValidationError);
          assert.equal(error.faults[0]?.field, "channels");
          return true;
        });
      }
      assert.throws(ask(member("client", "a1"), "channels=connectors"), ForbiddenError);
      assert.equal(hub.clients, 0);
      await Promise.resolve();
    }),
);

onBothStreams(
  "SSE: heartbeats keep an idle client current; a session that ends ends it",
  (stream) =>
    withWeb(stream, { heartbeatMs: 150 }, async ({ hub, connect }) => {
      let isOver = false;
      const client = connect(member("client", "a1"), "channels=messages", () => {
        return isOver
          ? Promise.reject(new UnauthenticatedError("Over"))
          : Promise.resolve(member("client", "a1"));
      });
      const running = client.run();
      await client.until(() => client.events.length > 0);
      await publish(stream, [transition(1, "a2")]); // not for this client
      await client.until(() => client.comments.length >= 2 && client.lastEventId === hub.position);
      assert.equal(client.events.length, 1);
      await client.until(() => client.comments.length >= 6); // it was asked, and it was well
      isOver = true;
      await running;
      assert.equal(hub.clients, 0);
    }),
);

onBothStreams(
  "SSE: a session that loses an account no longer sees it",
  (stream) =>
    withWeb(stream, { heartbeatMs: 60 }, async ({ connect }) => {
      let asked = 0;
      const client = connect(member("client", "a1", "a2"), "channels=messages", () => {
        asked += 1;
        return Promise.resolve(member("client", "a1"));
      });
      const running = client.run();
      await client.until(() => client.events.length > 0);
      await client.until(() => asked > 0 && client.comments.length > 6);
      await publish(stream, [transition(1, "a2"), transition(2, "a1")]);
      await client.until(() => numbers(client).length > 0);
      assert.deepEqual(numbers(client), [2]);
      await client.cut();
      await running;
    }),
);

onBothStreams(
  "SSE: a client that doesn't read holds nobody up and loses nothing",
  (stream) =>
    withWeb(stream, { ring: { size: 500_000 } }, async ({ hub, connect }) => {
      const other = connect(everyone, "channels=messages");
      const running = other.run();
      const held = Promise.withResolvers<void>();
      const idle = connect(everyone, "channels=messages", undefined, held.promise);
      const waiting = idle.run();
      await other.until(() => hub.clients === 2 && other.events.length > 0);
      const total = 3_000; // of 4 KB each: more than any buffer between here and there
      for (let n = 0; n < total; n += 100) {
        await publish(
          stream,
          Array.from({ length: 100 }, (_, i) => ({
            ...transition(n + i),
            data: { n: n + i, text: "x".repeat(4_000) },
          })),
        );
      }
      await other.until(() => numbers(other).at(-1) === total - 1);
      assert.equal(idle.events.length, 0);
      held.resolve();
      await idle.until(() => numbers(idle).at(-1) === total - 1);
      assert.deepEqual(numbers(idle), Array.from({ length: total }, (_, n) => n));
      assert.ok(!idle.events.some((each) => each.name === "gap"));
      await Promise.all([idle.cut(), other.cut()]);
      await Promise.all([running, waiting]);
    }),
);

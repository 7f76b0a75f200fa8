import assert from "node:assert/strict";
import { ForbiddenError, UnavailableError } from "../errors/mod.ts";
import { setLogLevel } from "../log/mod.ts";
import { openStream, type Stream } from "../stream/mod.ts";
import { RedisServer } from "../stream/testing/redis_server.ts";
import { type Channel, Hub, type HubOptions, LIVE_STREAM, type LiveEvent, publish } from "./mod.ts";
import { onBothStreams } from "./testing/places.ts";
import { TestSink, until } from "./testing/sinks.ts";
import { everyone, member } from "./testing/subjects.ts";

setLogLevel("silent"); // entries that are no live events are told

async function withHub(
  stream: Stream,
  options: Partial<HubOptions>,
  body: (hub: Hub) => Promise<void>,
): Promise<void> {
  const hub = new Hub({ stream, snapshot: () => Promise.resolve({}), ...options });
  hub.start();
  try {
    await until(() => hub.position !== undefined);
    await body(hub);
  } finally {
    await hub.close();
  }
}

function join(
  hub: Hub,
  channels: Channel[],
  sink = new TestSink(),
  lastEventId?: string,
): TestSink {
  return sink.attach(hub.subscribe({ subject: everyone, channels, sink, lastEventId }));
}

function messages(from: number, to: number, text = ""): LiveEvent[] {
  return Array.from({ length: to - from }, (_, i) => ({
    channel: "messages",
    event: "transition",
    data: { n: from + i, text },
  }));
}

function figures(n: number): LiveEvent {
  return { channel: "metrics", event: "installation", data: { n } };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

for (const [where, items] of [["the ring", 8_192], ["the stream", 50]] as const) {
  onBothStreams(
    `hub: a slow client catches up from ${where}, skipping only snapshots`,
    (stream) =>
      withHub(stream, { ring: { items } }, async (hub) => {
        const slow = join(hub, ["messages", "metrics"], new TestSink(2));
        const quick = join(hub, ["messages", "metrics"]);
        await until(() => slow.messages.length === 1 && quick.messages.length === 1);
        await publish(stream, messages(0, 1));
        await until(() => slow.told("messages").length === 1);
        for (let n = 1; n < 201; n += 10) {
          await publish(stream, [...messages(n, n + 10), figures(n)]);
          await until(() => quick.told("metrics").at(-1) === n);
        }
        assert.deepEqual(slow.told("messages"), [0]);
        assert.deepEqual(quick.told("messages"), range(0, 201));
        assert.equal(quick.told("metrics").length, 20);
        slow.take(Infinity);
        await until(() => slow.told("messages").length === 201);
        assert.deepEqual(slow.told("messages"), range(0, 201));
        await until(() => slow.told("metrics").length > 0);
        assert.deepEqual(slow.told("metrics"), [191]);
        assert.ok(!slow.types().includes("gap"));
      }),
  );
}

onBothStreams(
  "hub: a client too slow for the stream gets a gap and a snapshot",
  (stream) =>
    withHub(stream, { ring: { items: 10 } }, async (hub) => {
      const slow = join(hub, ["messages"], new TestSink(1));
      const quick = join(hub, ["messages"]);
      await until(() => slow.messages.length === 1);
      await publish(stream, messages(0, 100));
      await until(() => quick.told("messages").length === 100);
      await new Promise((resolve) => setTimeout(resolve, 20)); // to be older than the trim's age
      await stream.trimOlderThan(LIVE_STREAM, 5);
      slow.take(Infinity);
      await until(() => slow.types().includes("gap") && slow.types().at(-1) === "snapshot");
      await publish(stream, messages(100, 101));
      await until(() => slow.told("messages").length === 1);
      assert.deepEqual(slow.types(), ["snapshot", "gap", "snapshot", "event"]);
      assert.deepEqual(slow.told("messages"), [100]);
    }),
);

onBothStreams(
  "hub: what a client is sent at once is bounded",
  (stream) =>
    withHub(stream, {}, async (hub) => {
      const slow = join(hub, ["messages"], new TestSink(1));
      const quick = join(hub, ["messages"]);
      await until(() => slow.messages.length === 1);
      await publish(stream, messages(0, 800, "x".repeat(1_000)));
      await until(() => quick.told("messages").length === 800);
      slow.take(Infinity);
      await until(() => slow.told("messages").length === 800);
      assert.ok(slow.largestWrite < 100_000, `${slow.largestWrite} bytes in one write`);
    }),
);

onBothStreams(
  "hub: clients that take nothing for a minute are ended",
  (stream) =>
    withHub(stream, { heartbeatMs: 45 }, async (hub) => {
      const stuck = join(hub, ["messages"], new TestSink(1));
      const well = join(hub, ["messages"]);
      await until(() => stuck.ended !== undefined);
      assert.equal(stuck.ended, "stalled");
      assert.equal(well.ended, undefined);
      assert.equal(hub.clients, 1);
      assert.ok(well.types().includes("heartbeat"));
    }),
);

onBothStreams("hub: one snapshot serves all who need the same at the same time", (stream) => {
  const asked: string[] = [];
  const snapshot: HubOptions["snapshot"] = (channels, viewer) => {
    asked.push(`${channels.join("+")} ${viewer.scope.kind}`);
    return Promise.resolve({ n: asked.length });
  };
  return withHub(stream, { snapshot }, async (hub) => {
    const sinks = range(0, 50).map(() => join(hub, ["messages"]));
    const other = new TestSink();
    other.attach(
      hub.subscribe({ subject: member("client", "a1"), channels: ["messages"], sink: other }),
    );
    await until(() => [...sinks, other].every((each) => each.messages.length === 1));
    assert.deepEqual(asked.sort(), ["messages accounts", "messages all"]);
  });
});

onBothStreams("hub: what happens while a snapshot is taken comes after it", (stream) => {
  const taking = Promise.withResolvers<void>();
  const snapshot = () => taking.promise.then(() => ({}));
  return withHub(stream, { snapshot }, async (hub) => {
    const sink = join(hub, ["messages"]);
    await publish(stream, messages(0, 5));
    const before = hub.position;
    await until(() => hub.position !== before || before === undefined || !before.endsWith(":0"));
    taking.resolve();
    await until(() => sink.told("messages").length === 5);
    assert.deepEqual(sink.types(), ["snapshot", ...range(0, 5).map(() => "event")]);
  });
});

onBothStreams("hub: a snapshot that fails ends the client, which may come again", (stream) => {
  let fails = true;
  const snapshot = () =>
    fails ? Promise.reject(new UnavailableError("away")) : Promise.resolve({ ok: true });
  return withHub(stream, { snapshot }, async (hub) => {
    const first = join(hub, ["messages"]);
    await until(() => first.ended !== undefined);
    assert.equal(first.ended, "unavailable");
    fails = false;
    const second = join(hub, ["messages"]);
    await until(() => second.messages.length === 1);
  });
});

onBothStreams("hub: a hub that starts late serves what the stream still holds", async (stream) => {
  const ids: string[] = [];
  await withHub(stream, {}, async (hub) => {
    const sink = join(hub, ["messages"]);
    await publish(stream, messages(0, 20));
    await until(() => sink.told("messages").length === 20);
    for (const each of sink.messages) ids.push(String(each["id"]));
  });
  await publish(stream, messages(20, 30)); // while no hub runs
  await withHub(stream, {}, async (hub) => {
    const sink = join(hub, ["messages"], new TestSink(), ids[6]); // has 0 to 5
    await until(() => sink.told("messages").length === 24);
    assert.deepEqual(sink.told("messages"), range(6, 30));
    assert.deepEqual(sink.types().filter((type) => type !== "event"), []);
  });
});

onBothStreams(
  "hub: entries that are no live events are passed over",
  (stream) =>
    withHub(stream, {}, async (hub) => {
      const sink = join(hub, ["messages"]);
      await stream.append(LIVE_STREAM, [
        { type: "messages.transition", data: "not json" },
        { type: "messages.transition", data: "[1]" },
        { type: "nonsense.event", data: "{}" },
        { type: "messages.transition", data: '{\n  "n": 1\r\n}' },
      ]);
      await until(() => sink.told("messages").length === 1);
      assert.deepEqual(sink.told("messages"), [1]);
    }),
);

onBothStreams(
  "hub: channels that aren't for the subject are refused, also later",
  (stream) =>
    withHub(stream, {}, async (hub) => {
      const subject = member("client", "a1");
      const sink = new TestSink();
      assert.throws(
        () => hub.subscribe({ subject, channels: ["connectors"], sink }),
        ForbiddenError,
      );
      assert.equal(hub.clients, 0);
      const subscription = hub.subscribe({ subject, channels: ["messages"], sink });
      assert.throws(() => subscription.setChannels(["messages", "connectors"]), ForbiddenError);
      assert.deepEqual(subscription.channels, ["messages"]);
      await Promise.resolve();
    }),
);

Deno.test("hub: a restart of Redis is a delay, not a loss", async () => {
  const server = await RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
  const stream = openStream({ redisUrl: server.url });
  try {
    await withHub(stream, {}, async (hub) => {
      const sink = join(hub, ["messages"]);
      await publish(stream, messages(0, 10));
      await until(() => sink.told("messages").length === 10);
      await server.kill();
      const publishing = publish(stream, messages(10, 20));
      await server.restart();
      await publishing;
      await until(() => sink.told("messages").length === 20);
      assert.deepEqual(sink.told("messages"), range(0, 20));
      assert.deepEqual(sink.types().filter((type) => type !== "event"), ["snapshot"]);
    });
  } finally {
    await stream.close();
    await server.stop();
  }
});

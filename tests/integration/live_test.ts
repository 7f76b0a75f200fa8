/** The live channels of the whole server: resumed without loss, scoped, honest about gaps. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LIVE_STREAM } from "../../services/live/mod.ts";
import { openStream, type Stream } from "../../services/stream/mod.ts";
import type { ApiClient, LiveTransition } from "../client.ts";
import { until } from "../until.ts";
import { Program } from "./program.ts";
import { numberFor, redisCommand, type Stack, startStack } from "./stack.ts";

const SEND = "/api/v1/messages/send";

type Source = ReturnType<ApiClient["events"]>;

/** Told once, in this order, whatever overtakes: each callback is a request of its own. */
function assertLife(states: readonly unknown[], id?: string): void {
  assert.equal(new Set(states).size, states.length, `${id}: ${states}`);
  const passed = states.filter((state) => state !== "accepted" && state !== "sent");
  assert.deepEqual(passed, ["queued", "delivered"], id);
}

describe("live", () => {
  let stack: Stack;
  let stream: Stream;
  let operator: ApiClient;
  let shop: ApiClient;
  let clinic: ApiClient;

  before(async () => {
    stack = await startStack();
    const { REDIS_URL: redisUrl } = stack.env;
    stream = openStream(redisUrl === undefined ? { sql: stack.sql } : { redisUrl });
    operator = await stack.user("super_admin");
    shop = await stack.user("client", await stack.account("Shop"));
    clinic = await stack.user("campaign_manager", await stack.account("Clinic"));
  });
  after(async () => {
    await stream?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  const transitions = (source: Source): LiveTransition[] =>
    source.events.filter(({ name }) => name === "messages").map(({ data }) =>
      JSON.parse(data).data
    );
  const send = async (client: ApiClient, count = 1): Promise<string[]> =>
    await Promise.all(
      Array.from({ length: count }, async () =>
        (await client.post(SEND, { to: numberFor(), text: "live" })).body.id),
    );
  const snapshotOf = (source: Source) =>
    source.until(() => source.events.some(({ name }) => name === "snapshot"));
  const deliveredTo = (source: Source, ids: readonly string[]) =>
    source.until(() => {
      const ended = new Set(
        transitions(source).filter(({ state }) => state === "delivered").map(({ id }) => id),
      );
      return ids.every((id) => ended.has(id));
    }, 60_000);

  describe("SSE", () => {
    it("tells a snapshot, then each transition of a message in order and once", async () => {
      const source = operator.events("messages");
      const running = source.run();
      await snapshotOf(source);
      const [id = ""] = await send(shop);
      await deliveredTo(source, [id]);
      const told = transitions(source).filter((each) => each.id === id);
      assertLife(told.map(({ state }) => state));
      assert.equal(told[0]?.previous_state, null);
      await source.cut();
      await running;
    });

    it("goes on by Last-Event-ID over cuts: nothing lost, nothing twice", async () => {
      const source = operator.events("messages");
      let connection = source.run();
      await snapshotOf(source);
      const ids: string[] = [];
      const sending = (async () => {
        for (let batch = 0; batch < 12; batch++) ids.push(...await send(clinic, 10));
      })();
      for (let cuts = 0; cuts < 8; cuts++) {
        const before = source.events.length;
        await source.until(() => source.events.length >= before + 20);
        await source.cut();
        await connection;
        connection = source.run();
      }
      await sending;
      await deliveredTo(source, ids);
      assert.equal(source.events.filter(({ name }) => name === "gap").length, 0);
      assert.equal(source.events.filter(({ name }) => name === "snapshot").length, 1);
      const told = Map.groupBy(transitions(source), ({ id }) => id);
      for (const id of ids) {
        const states = (told.get(id) ?? []).map(({ state }) => state);
        assertLife(states, id);
      }
      const seen = source.events.map(({ id }) => id).filter((_, index) => index > 0);
      assert.equal(new Set(seen).size, seen.length, "no event id twice");
      await source.cut();
      await connection;
    });

    it("says gap and takes a snapshot, when what it missed was trimmed", async () => {
      const source = operator.events("messages,connectors");
      const connection = source.run();
      await snapshotOf(source);
      await source.cut();
      await connection;
      await until("something to be missed", 10, async () => {
        const { last } = await stream.bounds(LIVE_STREAM);
        return !source.lastEventId.endsWith(`:${last}`);
      });
      await stream.trimOlderThan(LIVE_STREAM, 0);
      // The hub of the first server still remembers what was trimmed; another one can't.
      const other = new Program(["serve"], await stack.another({ ROLES: "web" }));
      try {
        const [, url] = await other.says(/^Ready at (\S+)$/m, 60);
        const later = operator.events("messages,connectors", url);
        later.lastEventId = source.lastEventId;
        const running = later.run();
        await snapshotOf(later);
        const [gap, snapshot] = later.events;
        assert.equal(gap?.name, "gap");
        assert.deepEqual(JSON.parse(gap?.data ?? ""), { reason: "position" });
        assert.equal(snapshot?.name, "snapshot");
        assert.equal(JSON.parse(snapshot?.data ?? "").connectors.length, 4);
        await deliveredTo(later, await send(shop));
        await later.cut();
        await running;
      } finally {
        await other.stop();
      }
    });

    it("says gap and takes a snapshot, when the stream was lost; then goes on", async () => {
      const source = operator.events("messages,connectors");
      let connection = source.run();
      await snapshotOf(source);
      const before = source.lastEventId;
      await source.cut();
      await connection;
      source.events.length = 0;
      const { REDIS_URL: url } = stack.env;
      if (url === undefined) await stream.reset(LIVE_STREAM);
      else await redisCommand(url, ["FLUSHDB"]);
      connection = source.run();
      await source.until(() => source.events.some(({ name }) => name === "gap"));
      const gap = source.events.find(({ name }) => name === "gap");
      assert.deepEqual(JSON.parse(gap?.data ?? ""), { reason: "epoch" });
      await snapshotOf(source);
      const snapshot = source.events.find(({ name }) => name === "snapshot");
      const connectors = JSON.parse(snapshot?.data ?? "{}").connectors;
      assert.equal(connectors.length, 4);
      assert.notEqual(source.lastEventId.split(":")[0], before.split(":")[0], "another epoch");
      await deliveredTo(source, await send(shop));
      await source.cut();
      await connection;
    });

    it("tells an account its own alone, and no connector to who may see none", async () => {
      const sources = [shop, clinic, operator].map((client) => client.events("messages,metrics"));
      const running = sources.map((source) => source.run());
      for (const source of sources) await snapshotOf(source);
      const [ofShop, ofClinic, ofAll] = sources;
      assert(ofShop !== undefined && ofClinic !== undefined && ofAll !== undefined);
      const shops = await send(shop, 5);
      const clinics = await send(clinic, 5);
      await deliveredTo(ofAll, [...shops, ...clinics]);
      await deliveredTo(ofShop, shops);
      await deliveredTo(ofClinic, clinics);
      const foreign = (source: Source, own: readonly string[]): string[] =>
        transitions(source).map(({ id }) => id).filter((id) => !own.includes(id));
      assert.deepEqual(foreign(ofShop, shops), []);
      assert.deepEqual(foreign(ofClinic, clinics), []);
      const told = [...ofShop.events, ...ofClinic.events].map(({ data }) => data).join("\n");
      assert(!told.includes("op_main") && !told.includes('installation","data'), told);
      const owners = new Set(
        [...ofShop.events, ...ofClinic.events].filter(({ name }) => name === "metrics")
          .map(({ data }) => JSON.parse(data).data.account_id),
      );
      assert(!owners.has(undefined) && !owners.has(stack.root.id));
      for (const source of sources) await source.cut();
      await Promise.all(running);
    });

    it("tells figures each second, which agree with what was sent", async () => {
      const account = await stack.account("Counter");
      const client = await stack.user("analyst", account);
      const sender = await stack.user("client", account);
      const source = client.events("metrics");
      const running = source.run();
      await snapshotOf(source);
      const ids = await send(sender, 7);
      assert.equal(ids.length, 7);
      await source.until(() =>
        source.events.some(({ name, data }) => {
          if (name !== "metrics") return false;
          const { today } = JSON.parse(data).data;
          return today.submitted === 7 && today.delivered === 7;
        })
      );
      const last = source.events.filter(({ name }) => name === "metrics").at(-1);
      const { today, queue } = JSON.parse(last?.data ?? "{}").data;
      assert.equal(today.delivery_rate, 1);
      assert.deepEqual(queue, { waiting: 0, accepted: 0, sent: 0, uncertain: 0 });
      await source.cut();
      await running;
    });
  });

  describe("WS", () => {
    type Told = Readonly<Record<string, unknown>> & { readonly type: string };

    class Socket {
      readonly told: Told[] = [];
      readonly #socket: WebSocket;
      closed: number | undefined;

      constructor(path: string, protocols: string[] = []) {
        this.#socket = new WebSocket(stack.url.replace("http", "ws") + path, protocols);
        this.#socket.onmessage = ({ data }) => this.told.push(JSON.parse(data));
        this.#socket.onclose = ({ code }) => this.closed = code;
      }

      async opened(): Promise<this> {
        await until("the socket to open", 10, () => this.#socket.readyState === WebSocket.OPEN);
        return this;
      }

      say(message: unknown): void {
        this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
      }

      /** Takes the first message of the type out of what was told. */
      async hear(type: string): Promise<Told> {
        const index = await until(`a ${type}`, 15, () => {
          const found = this.told.findIndex((each) => each.type === type);
          return found >= 0 && found;
        });
        const [message] = this.told.splice(index, 1);
        assert(message !== undefined);
        return message;
      }

      async close(): Promise<void> {
        this.#socket.close();
        await until("the socket to close", 10, () => this.closed);
      }
    }

    const signedIn = async (client: ApiClient): Promise<Socket> => {
      const socket = await new Socket("/ws/test").opened();
      socket.say({ type: "auth", token: client.token });
      assert.deepEqual(await socket.hear("ready"), { type: "ready", client: "test" });
      return socket;
    };

    it("subscribes and unsubscribes, and tells what happens in between", async () => {
      const socket = await signedIn(operator);
      socket.say({ type: "subscribe", channels: ["messages"] });
      assert.deepEqual((await socket.hear("subscribed"))["channels"], ["messages"]);
      await socket.hear("snapshot");
      const [id = ""] = await send(shop);
      const states = (): unknown[] =>
        socket.told.map(({ data }) => data as LiveTransition).filter((each) => each?.id === id)
          .map(({ state }) => state);
      await until("the whole life", 15, () => states().includes("delivered"));
      assertLife(states());
      socket.say({ type: "unsubscribe", channels: ["messages"] });
      assert.deepEqual((await socket.hear("subscribed"))["channels"], []);
      socket.told.length = 0;
      const source = operator.events("messages");
      const running = source.run();
      await snapshotOf(source);
      await deliveredTo(source, await send(shop));
      socket.say({ type: "ping" });
      await socket.hear("pong");
      assert.deepEqual(socket.told.filter(({ type }) => type === "event"), []);
      await source.cut();
      await running;
      await socket.close();
    });

    it("resumes by last_event_id", async () => {
      const first = await signedIn(operator);
      first.say({ type: "subscribe", channels: ["messages"] });
      const { id: position } = await first.hear("snapshot");
      await first.close();
      const source = operator.events("messages");
      const running = source.run();
      await snapshotOf(source);
      const ids = await send(shop, 5);
      await deliveredTo(source, ids);
      const second = await signedIn(operator);
      second.say({ type: "subscribe", channels: ["messages"], last_event_id: position });
      await until("all that was missed", 15, () => {
        const ended = second.told.map(({ data }) => data as LiveTransition)
          .filter((each) => each?.state === "delivered").map(({ id }) => id);
        return ids.every((id) => ended.includes(id));
      });
      assert.equal(second.told.filter(({ type }) => ["gap", "snapshot"].includes(type)).length, 0);
      await source.cut();
      await running;
      await second.close();
    });

    it("tells an account its own alone", async () => {
      const socket = await signedIn(shop);
      socket.say({ type: "subscribe", channels: ["connectors"] });
      assert.equal((await socket.hear("error"))["code"], "forbidden");
      socket.say({ type: "subscribe", channels: ["messages"] });
      await socket.hear("snapshot");
      await send(clinic, 3);
      const [own = ""] = await send(shop);
      await until("its own", 15, () =>
        socket.told.some(({ data }) => {
          const told = data as LiveTransition | undefined;
          return told?.id === own && told.state === "delivered";
        }));
      const ids = socket.told.filter(({ type }) => type === "event")
        .map(({ data }) => (data as LiveTransition).id);
      assert.deepEqual([...new Set(ids)], [own]);
      await socket.close();
    });

    it("lets nobody in without a token, nor by one in the address", async () => {
      const silent = await new Socket("/ws/test").opened();
      silent.say({ type: "subscribe", channels: ["messages"] });
      assert.equal((await silent.hear("error"))["code"], "unauthenticated");
      silent.say({ type: "auth", token: "none" });
      assert.equal(await until("the end", 10, () => silent.closed), 4401);
      const inAddress = await new Socket(`/ws/test?token=${operator.token}`).opened();
      inAddress.say({ type: "subscribe", channels: ["messages"] });
      assert.equal((await inAddress.hear("error"))["code"], "unauthenticated");
      await inAddress.close();
    });

    it("answers bad input with an error that names the field, and lives on", async () => {
      const socket = await signedIn(operator);
      const bad: readonly [unknown, string][] = [
        ["{", "message"],
        ["[]", "message"],
        [{ type: "dance" }, "type"],
        [{ type: "subscribe", channels: ["nonsense"] }, "channels"],
        [{ type: "subscribe", channels: "messages" }, "channels"],
      ];
      for (const [message, field] of bad) {
        socket.say(message);
        const error = await socket.hear("error");
        assert.deepEqual([error["code"], error["field"]], ["validation", field]);
      }
      socket.say({ type: "ping" });
      await socket.hear("pong");
      await socket.close();
    });

    it("a plain request, or a name that is none, is a problem", async () => {
      const plain = await operator.ask("GET", "/ws/test");
      assert.equal(plain.status, 422);
      assert.equal(plain.body.errors[0].field, "upgrade");
      const name = await operator.ask("GET", `/ws/${"x".repeat(65)}`);
      assert.equal(name.status, 422);
      assert.equal(name.body.errors[0].field, "client");
    });
  });
});

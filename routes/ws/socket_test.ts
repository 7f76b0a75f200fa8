import assert from "node:assert/strict";
import type { Principal } from "../../services/auth/mod.ts";
import {
  ForbiddenError,
  UnauthenticatedError,
  ValidationError,
} from "../../services/errors/mod.ts";
import { Hub, type LiveEvent, publish } from "../../services/live/mod.ts";
import { onBothStreams } from "../../services/live/testing/places.ts";
import type { Stream } from "../../services/stream/mod.ts";
import { PROTOCOL } from "./protocol.ts";
import { socket, type SocketOptions } from "./socket.ts";

type Message = Readonly<Record<string, unknown>> & { readonly type: string };

function principal(userId: string, ...accounts: string[]): Principal {
  return {
    kind: "user",
    userId,
    accountId: accounts[0] ?? "root",
    role: accounts.length > 0 ? "client" : "super_admin",
    scope: accounts.length > 0 ? { kind: "accounts", ids: accounts } : { kind: "all" },
    sessionId: "s",
    language: "en",
  };
}

const PRINCIPALS = new Map([
  ["root-token", principal("root")],
  ["tenant-token", principal("tenant", "a1")],
]);

function authenticate(token: string): Promise<Principal> {
  const found = PRINCIPALS.get(token);
  return found ? Promise.resolve(found) : Promise.reject(new UnauthenticatedError("Not signed in"));
}

/** A client that keeps what it was told. */
class Client {
  readonly messages: Message[] = [];
  readonly #socket: WebSocket;
  readonly closed: Promise<CloseEvent>;
  #changed = Promise.withResolvers<void>();

  constructor(url: string, protocols: string[] = []) {
    this.#socket = new WebSocket(url, protocols);
    this.#socket.addEventListener("message", (event) => {
      this.messages.push(JSON.parse(event.data));
      this.#changed.resolve();
      this.#changed = Promise.withResolvers<void>();
    });
    this.closed = new Promise((resolve) => this.#socket.addEventListener("close", resolve));
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  async opened(): Promise<this> {
    await new Promise((resolve) => this.#socket.addEventListener("open", resolve, { once: true }));
    return this;
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  sendBytes(): void {
    this.#socket.send(new Uint8Array([1, 2, 3]));
  }

  /** The first message of a type, from now or before, taken out of what was told. */
  async take(type: string): Promise<Message> {
    const deadline = performance.now() + 15_000;
    for (;;) {
      const index = this.messages.findIndex((each) => each.type === type);
      const [message] = index >= 0 ? this.messages.splice(index, 1) : [];
      if (message) return message;
      if (performance.now() > deadline) {
        throw new Error(`No ${type} in ${JSON.stringify(this.messages)}`);
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, 1_000));
      await Promise.race([this.#changed.promise, late]);
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.CLOSED) this.#socket.close();
    await this.closed;
  }
}

interface Web {
  readonly url: string;
  readonly hub: Hub;
  open(path?: string, protocols?: string[]): Promise<Client>;
}

async function withWeb(
  stream: Stream,
  body: (web: Web) => Promise<void>,
  options: Partial<SocketOptions> = {},
): Promise<void> {
  const hub = new Hub({ stream, snapshot: (channels) => Promise.resolve({ of: channels }) });
  hub.start();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const name = new URL(request.url).pathname.slice("/ws/".length);
    try {
      return socket(request, { name, hub, authenticate, ...options });
    } catch (error) {
      const status = error instanceof ForbiddenError
        ? 403
        : error instanceof ValidationError
        ? 400
        : 500;
      return new Response(null, { status });
    }
  });
  const url = `ws://127.0.0.1:${server.addr.port}`;
  const clients: Client[] = [];
  try {
    await body({
      url,
      hub,
      open(path = "/ws/wall", protocols = []) {
        const client = new Client(url + path, protocols);
        clients.push(client);
        return client.opened();
      },
    });
  } finally {
    for (const client of clients) await client.close();
    await hub.close();
    await server.shutdown();
  }
}

async function signIn(web: Web, token = "root-token"): Promise<Client> {
  const client = await web.open();
  client.send({ type: "auth", token });
  assert.deepEqual(await client.take("ready"), { type: "ready", client: "wall" });
  return client;
}

function transition(n: number, account_id: string | null = null): LiveEvent {
  return { channel: "messages", event: "transition", data: { n, account_id } };
}

onBothStreams(
  "WS: auth, subscribe, events, unsubscribe, ping",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await signIn(web);
      client.send({ type: "ping" });
      await client.take("pong");
      client.send({ type: "subscribe", channels: ["messages"] });
      assert.deepEqual((await client.take("subscribed"))["channels"], ["messages"]);
      assert.deepEqual((await client.take("snapshot"))["data"], { of: ["messages"] });
      await publish(stream, [transition(1), {
        channel: "alerts",
        event: "raised",
        data: { n: 2 },
      }]);
      const event = await client.take("event");
      assert.deepEqual({ ...event, id: "" }, {
        type: "event",
        id: "",
        channel: "messages",
        event: "messages.transition",
        data: { n: 1, account_id: null },
      });
      client.send({ type: "subscribe", channels: ["alerts"] });
      assert.deepEqual((await client.take("subscribed"))["channels"], ["alerts", "messages"]);
      assert.deepEqual((await client.take("snapshot"))["data"], { of: ["alerts"] });
      client.send({ type: "unsubscribe", channels: ["messages"] });
      assert.deepEqual((await client.take("subscribed"))["channels"], ["alerts"]);
      await publish(stream, [transition(3), {
        channel: "alerts",
        event: "raised",
        data: { n: 4 },
      }]);
      assert.deepEqual((await client.take("event"))["data"], { n: 4 });
      assert.deepEqual(client.messages, []);
      assert.equal(web.hub.clients, 1);
      await client.close();
    }),
);

onBothStreams(
  "WS: resume by last_event_id loses and doubles nothing",
  (stream) =>
    withWeb(stream, async (web) => {
      const total = 400;
      const got: number[] = [];
      let lastEventId: string | undefined;
      let published = 0;
      const publishing = (async () => {
        for (; published < total; published += 5) {
          await publish(stream, Array.from({ length: 5 }, (_, i) => transition(published + i)));
          await new Promise((resolve) => setTimeout(resolve, 10)); // entries come over seconds
        }
      })();
      while (got.at(-1) !== total - 1) {
        const client = await signIn(web);
        client.send({ type: "subscribe", channels: ["messages"], last_event_id: lastEventId });
        if (lastEventId === undefined) {
          const snapshot = await client.take("snapshot");
          lastEventId = String(snapshot["id"]);
        }
        for (let n = 0; n < 30 && got.at(-1) !== total - 1; n++) {
          const { id, data } = await client.take("event");
          lastEventId = String(id);
          got.push((data as { n: number }).n); // as published above
        }
        await client.close();
      }
      await publishing;
      const first = got[0] ?? -1;
      assert.deepEqual(got, Array.from({ length: total - first }, (_, i) => first + i));
    }),
);

onBothStreams(
  "WS: a token may come as a sub-protocol, which isn't answered with it",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await web.open("/ws/wall", [PROTOCOL, "bearer.tenant-token"]);
      await client.take("ready");
      assert.equal(client.protocol, PROTOCOL);
      client.send({ type: "subscribe", channels: ["messages"] });
      await client.take("snapshot");
      await publish(stream, [transition(1, "a2"), transition(2, "a1"), transition(3)]);
      assert.deepEqual((await client.take("event"))["data"], { n: 2, account_id: "a1" });
      client.send({ type: "subscribe", channels: ["connectors"] });
      assert.equal((await client.take("error"))["code"], "forbidden");
      await publish(stream, [transition(4, "a1")]); // what it had goes on
      assert.deepEqual((await client.take("event"))["data"], { n: 4, account_id: "a1" });
    }),
);

onBothStreams(
  "WS: who isn't signed in gets nothing, and a bad token is the end",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await web.open();
      client.send({ type: "subscribe", channels: ["messages"] });
      assert.equal((await client.take("error"))["code"], "unauthenticated");
      assert.equal(web.hub.clients, 0);
      client.send({ type: "auth", token: "wrong" });
      assert.equal((await client.take("error"))["code"], "unauthenticated");
      assert.equal((await client.closed).code, 4401);
      const offered = await web.open("/ws/wall", [PROTOCOL, "bearer.wrong"]);
      assert.equal((await offered.closed).code, 4401);
      const inAddress = await web.open("/ws/wall?token=root-token");
      inAddress.send({ type: "subscribe", channels: ["messages"] });
      assert.equal((await inAddress.take("error"))["code"], "unauthenticated");
    }),
);

onBothStreams(
  "WS: another user's token doesn't take over a connection",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await signIn(web, "tenant-token");
      client.send({ type: "auth", token: "root-token" });
      assert.equal((await client.take("error"))["code"], "forbidden");
      client.send({ type: "subscribe", channels: ["messages"] });
      await client.take("snapshot");
      await publish(stream, [transition(1, "a2"), transition(2, "a1")]);
      assert.deepEqual((await client.take("event"))["data"], { n: 2, account_id: "a1" });
    }),
);

onBothStreams(
  "WS: bad input is answered with an error, too much of it with the end",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await signIn(web);
      const bad: [unknown, string][] = [
        ["not json", "message"],
        ["null", "message"],
        [{ type: "dance" }, "type"],
        [{ type: "subscribe" }, "channels"],
        [{ type: "subscribe", channels: ["nonsense"] }, "channels"],
        [{ type: "subscribe", channels: [] }, "channels"],
        [{ type: "unsubscribe", channels: [1] }, "channels.0"],
      ];
      for (const [message, field] of bad) {
        client.send(message);
        const error = await client.take("error");
        assert.deepEqual([error["code"], error["field"]], ["validation", field]);
      }
      client.sendBytes();
      assert.equal((await client.take("error"))["code"], "validation");
      client.send({ type: "ping" });
      await client.take("pong"); // it still lives
      for (let errors = bad.length + 1; errors < 20; errors++) {
        client.send("{");
        await client.take("error");
      }
      assert.equal((await client.closed).code, 1008);

      const long = await signIn(web);
      long.send(JSON.stringify({ type: "auth", token: "x".repeat(20_000) }));
      assert.equal((await long.closed).code, 1009);
      assert.equal(web.hub.clients, 0);
    }),
);

onBothStreams(
  "WS: the session's cookie works from our own pages only",
  (stream) =>
    withWeb(stream, async (web) => {
      const { host } = new URL(web.url);
      const ask = async (headers: Record<string, string>): Promise<string> => {
        const connection = await Deno.connect({
          hostname: "127.0.0.1",
          port: Number(host.split(":")[1]),
        });
        const lines = [
          "GET /ws/wall HTTP/1.1",
          `Host: ${host}`,
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ];
        await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
        const buffer = new Uint8Array(1_000);
        const size = await connection.read(buffer) ?? 0;
        connection.close();
        return new TextDecoder().decode(buffer.subarray(0, size)).split(" ")[1] ?? "";
      };
      assert.equal(await ask({ origin: `http://${host}` }), "101");
      assert.equal(await ask({ origin: "https://dashboard.example" }), "101");
      assert.equal(await ask({ origin: "https://elsewhere.example" }), "403");
      assert.equal(await ask({ origin: "null" }), "403");
      assert.equal(await ask({}), "403");
    }, { principal: principal("root"), publicUrl: "https://dashboard.example/" }),
);

onBothStreams(
  "WS: a request that is no upgrade, or a name that is none, is refused",
  (stream) =>
    withWeb(stream, async (web) => {
      const address = web.url.replace("ws:", "http:");
      assert.equal((await fetch(`${address}/ws/wall`)).status, 400);
      const client = new Client(`${web.url}/ws/${"x".repeat(65)}`);
      assert.notEqual((await client.closed).code, 1000);
    }),
);

onBothStreams(
  "WS: more than the socket's buffer comes whole and in order",
  (stream) =>
    withWeb(stream, async (web) => {
      const client = await signIn(web);
      client.send({ type: "subscribe", channels: ["messages"] });
      await client.take("snapshot");
      const total = 2_000;
      for (let n = 0; n < total; n += 500) {
        await publish(
          stream,
          Array.from({ length: 500 }, (_, i) => ({
            ...transition(n + i),
            data: { n: n + i, text: "x".repeat(4_000) },
          })),
        );
      }
      const got: unknown[] = [];
      while (got.length < total) {
        const { data } = await client.take("event");
        got.push((data as { n: number }).n); // as published above
      }
      assert.deepEqual(got, Array.from({ length: total }, (_, n) => n));
    }),
);

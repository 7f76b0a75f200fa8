import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { UnauthenticatedError, UnavailableError } from "../../../errors/mod.ts";
import type { SendOutcome } from "../../model.ts";
import { createJasminTraffic, type JasminTraffic, type JasminTrafficOptions } from "./traffic.ts";

const LOGIN = { username: "alice", password: "secret" };
const MESSAGE = { to: "+34600112233", text: "hello" };
const ACCEPTED = 'Success "07033084-5cfd-4812-90a4-e4d24ffb6e3d"';

function http(status: number, body: string, headers = ""): string {
  return `HTTP/1.1 ${status} X\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;
}

/** One connection as a server sees it. */
interface Peer {
  readonly conn: Deno.TcpConn;
  /** The next whole request: its head and body; null at the end of the connection. */
  request(): Promise<string | null>;
  say(text: string): Promise<void>;
}

/** A server on a real socket that treats each connection as the test says. */
class Server {
  connections = 0;
  readonly #listener: Deno.TcpListener;
  readonly #conns = new Set<Deno.TcpConn>();
  readonly #done: Promise<void>;

  constructor(readonly serve: (peer: Peer, number: number) => Promise<void>, port = 0) {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port });
    this.#done = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#conns) this.#close(conn);
    await this.#done;
  }

  #close(conn: Deno.TcpConn): void {
    if (this.#conns.delete(conn)) conn.close();
  }

  async #accept(): Promise<void> {
    const served: Promise<void>[] = [];
    try {
      for await (const conn of this.#listener) {
        this.#conns.add(conn);
        served.push(this.#treat(conn, ++this.connections));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    await Promise.all(served);
  }

  async #treat(conn: Deno.TcpConn, number: number): Promise<void> {
    try {
      await this.serve(peerOf(conn), number);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      // The client or the test closed it.
    } finally {
      this.#close(conn);
    }
  }
}

function peerOf(conn: Deno.TcpConn): Peer {
  let text = "";
  const whole = () => {
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
    return text.length < end + 4 + length ? null : text.slice(0, end + 4 + length);
  };
  return {
    conn,
    say: async (said) => void await conn.write(new TextEncoder().encode(said)),
    request: async () => {
      const chunk = new Uint8Array(65_536);
      for (;;) {
        const request = whole();
        if (request !== null) {
          text = text.slice(request.length);
          return request;
        }
        const count = await conn.read(chunk);
        if (count === null) return null;
        text += new TextDecoder("latin1").decode(chunk.subarray(0, count));
      }
    },
  };
}

/** Answers every request of every connection the same. */
function always(answer: string): (peer: Peer) => Promise<void> {
  return async (peer) => {
    while (await peer.request() !== null) await peer.say(answer);
  };
}

async function withTraffic(
  serve: (peer: Peer, number: number) => Promise<void>,
  work: (traffic: JasminTraffic, server: Server) => Promise<void>,
  options: Partial<JasminTrafficOptions> = {},
): Promise<void> {
  await using server = new Server(serve);
  const traffic = createJasminTraffic({ host: "127.0.0.1", httpPort: server.port, ...options });
  try {
    await work(traffic, server);
  } finally {
    traffic.close();
  }
}

function short(outcome: SendOutcome): string {
  return outcome.kind === "retry" ? outcome.reason : outcome.kind;
}

Deno.test("a message is posted as JSON and accepted, on one kept connection", async () => {
  const requests: string[] = [];
  await withTraffic(async (peer) => {
    for (let request = await peer.request(); request !== null; request = await peer.request()) {
      requests.push(request);
      await peer.say(http(200, ACCEPTED));
    }
  }, async (traffic, server) => {
    for (let count = 0; count < 3; count++) {
      assert.deepEqual(await traffic.send(LOGIN, MESSAGE), {
        kind: "accepted",
        gatewayId: "07033084-5cfd-4812-90a4-e4d24ffb6e3d",
      });
    }
    assert.equal(server.connections, 1);
    const [head = "", body = ""] = requests[0]?.split("\r\n\r\n") ?? [];
    assert.match(head, /^POST \/send HTTP\/1\.1\r\n/);
    assert.match(head, /\r\nContent-Type: application\/json(?:\r\n|$)/);
    assert.deepEqual(JSON.parse(body), { ...LOGIN, to: "34600112233", content: "hello" });
  });
});

Deno.test("a refused connection is a retry", async () => {
  let port = 0;
  {
    await using server = new Server(always(""));
    port = server.port;
  }
  const traffic = createJasminTraffic({ host: "127.0.0.1", httpPort: port });
  assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "unreachable");
  traffic.close();
});

Deno.test("a host that takes no connection in time is a retry: nothing has left", async () => {
  // A listener that accepts nothing: once its backlog is full, SYNs are dropped.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const fillers: Deno.TcpConn[] = [];
  for (;;) {
    const signal = AbortSignal.timeout(200);
    try {
      fillers.push(await Deno.connect({ hostname: "127.0.0.1", port, signal }));
    } catch {
      break;
    }
  }
  const traffic = createJasminTraffic({
    host: "127.0.0.1",
    httpPort: port,
    connectDeadlineMs: 200,
  });
  assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "unreachable");
  traffic.close();
  listener.close();
  for (const conn of fillers) conn.close();
});

Deno.test("a cut after the request, in the head or in the body, is uncertain", async () => {
  for (const said of ["", "HTTP/1.1 200 OK\r\nContent-", http(200, ACCEPTED).slice(0, -5)]) {
    await withTraffic(async (peer) => {
      await peer.request();
      await peer.say(said);
    }, async (traffic) => {
      assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "uncertain", said);
    });
  }
});

Deno.test("a cut in the middle of the request is uncertain", async () => {
  await withTraffic(async (peer) => {
    await peer.conn.read(new Uint8Array(10));
  }, async (traffic) => {
    assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "uncertain");
  });
});

Deno.test("a gateway that stalls is uncertain at the deadline, and its connection is dropped", async () => {
  await withTraffic(async (peer, number) => {
    await peer.request();
    if (number > 1) await peer.say(http(200, ACCEPTED));
    await peer.request();
  }, async (traffic, server) => {
    assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "uncertain");
    assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "accepted");
    assert.equal(server.connections, 2);
  }, { deadlineMs: 150 });
});

Deno.test("an abort after the request has left is uncertain, before it a retry", async () => {
  const arrived = Promise.withResolvers<void>();
  await withTraffic(async (peer) => {
    await peer.request();
    arrived.resolve();
    await peer.request();
  }, async (traffic) => {
    const aborter = new AbortController();
    const sent = traffic.send(LOGIN, MESSAGE, { signal: aborter.signal });
    await arrived.promise;
    aborter.abort();
    assert.equal(short(await sent), "uncertain");
    assert.equal(short(await traffic.send(LOGIN, MESSAGE, { signal: aborter.signal })), "busy");
  });
});

Deno.test("a kept connection that died while idle is not written to: a new one carries the message", async () => {
  const noticed = new Map<number, PromiseWithResolvers<void>>();
  await withTraffic(async (peer, number) => {
    noticed.set(number, Promise.withResolvers());
    await peer.request();
    await peer.say(http(200, ACCEPTED));
    await peer.conn.closeWrite();
    // The client ends its side too when it has seen ours.
    assert.equal(await peer.request(), null);
    noticed.get(number)?.resolve();
  }, async (traffic, server) => {
    for (let count = 1; count <= 5; count++) {
      assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "accepted");
      assert.equal(server.connections, count);
      await noticed.get(count)?.promise;
    }
  });
});

Deno.test("an answer that says close is not followed on its connection", async () => {
  await withTraffic(
    always(http(200, ACCEPTED, "Connection: close\r\n")),
    async (traffic, server) => {
      assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "accepted");
      assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "accepted");
      assert.equal(server.connections, 2);
    },
  );
});

Deno.test("connections are bounded and all who wait get their turn", async () => {
  let under = 0;
  let most = 0;
  await withTraffic(async (peer) => {
    while (await peer.request() !== null) {
      most = Math.max(most, ++under);
      await delay(2);
      under--;
      await peer.say(http(200, ACCEPTED));
    }
  }, async (traffic, server) => {
    const sent = Array.from({ length: 60 }, () => traffic.send(LOGIN, MESSAGE));
    assert.deepEqual(traffic.load, { active: 3, waiting: 57 });
    assert.ok((await Promise.all(sent)).every((outcome) => outcome.kind === "accepted"));
    assert.equal(most, 3);
    assert.equal(server.connections, 3);
    assert.deepEqual(traffic.load, { active: 0, waiting: 0 });
  }, { concurrency: 3 });
});

Deno.test("who gets no connection before the deadline has sent nothing", async () => {
  await withTraffic(async (peer) => {
    await peer.request();
    await peer.request();
  }, async (traffic) => {
    const [first, second] = await Promise.all([
      traffic.send(LOGIN, MESSAGE),
      traffic.send(LOGIN, MESSAGE),
    ]);
    assert.deepEqual([short(first), short(second)], ["uncertain", "busy"]);
    assert.deepEqual(traffic.load, { active: 0, waiting: 0 });
  }, { concurrency: 1, deadlineMs: 100 });
});

Deno.test("what is not HTTP is uncertain: something has read the request", async () => {
  await withTraffic(always("220 mail.example ESMTP\r\n"), async (traffic) => {
    assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "uncertain");
  });
});

Deno.test("a text that can't be sent is rejected without a request", async () => {
  await withTraffic(always(http(200, ACCEPTED)), async (traffic, server) => {
    const outcome = await traffic.send(LOGIN, { ...MESSAGE, text: "x".repeat(766) });
    assert.equal(outcome.kind, "rejected");
    assert.equal(server.connections, 0);
  });
});

Deno.test("closing ends the calls under way and the waiting ones", async () => {
  const arrived = Promise.withResolvers<void>();
  await withTraffic(async (peer) => {
    await peer.request();
    arrived.resolve();
    await peer.request();
  }, async (traffic) => {
    const sent = [traffic.send(LOGIN, MESSAGE), traffic.send(LOGIN, MESSAGE)];
    await arrived.promise;
    traffic.close();
    assert.deepEqual((await Promise.all(sent)).map(short), ["uncertain", "busy"]);
    assert.equal(short(await traffic.send(LOGIN, MESSAGE)), "busy");
  }, { concurrency: 1 });
});

Deno.test("balance, rate and ping read what the gateway says", async () => {
  await withTraffic(async (peer) => {
    for (let request = await peer.request(); request !== null; request = await peer.request()) {
      if (request.startsWith("GET /balance?username=alice&password=secret ")) {
        await peer.say(http(200, '{"balance": 44.2, "sms_count": "ND"}'));
      } else if (request.startsWith("GET /rate?")) {
        await peer.say(http(200, '{"unit_rate": 0.05, "submit_sm_count": 2}'));
      } else await peer.say(http(200, "Jasmin/PONG"));
    }
  }, async (traffic) => {
    assert.deepEqual(await traffic.balance(LOGIN), { balance: 44.2, smsCount: null });
    assert.deepEqual(await traffic.rate(LOGIN, MESSAGE), { unitRate: 0.05, parts: 2 });
    assert.ok(await traffic.ping() >= 0);
  });
});

Deno.test("a login that the gateway refuses is told apart from a gateway that is broken", async () => {
  await withTraffic(
    always(http(403, '"Authentication failure for username:alice"')),
    async (traffic) => {
      await assert.rejects(traffic.balance(LOGIN), UnauthenticatedError);
    },
  );
  for (const answer of [http(500, '"System error"'), http(200, "{}"), http(200, "<html>")]) {
    await withTraffic(always(answer), async (traffic) => {
      await assert.rejects(traffic.balance(LOGIN), UnavailableError);
      await assert.rejects(traffic.ping(), UnavailableError);
    });
  }
});

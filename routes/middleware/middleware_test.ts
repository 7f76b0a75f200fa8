import assert from "node:assert/strict";
import fc from "fast-check";
import { App, HttpError, type Middleware } from "fresh";
import { Buffer } from "node:buffer";
import { Writable } from "node:stream";
import pino from "pino";
import { validate, version } from "uuid";
import { setLogLevel } from "../../services/log/mod.ts";
import { install } from "../installation.ts";
import type { Services } from "../services.ts";
import type { State } from "../state.ts";
import {
  accessLog,
  bodyLimit,
  catchErrors,
  clientAddress,
  loggedPath,
  requestId,
  standardMiddlewares,
  timing,
} from "./mod.ts";

setLogLevel("silent");

const services: Services = Object.create(null); // nothing here asks a service
const PROXIED = "0198c0de-7f3a-7b5c-9d2e-1f0a2b3c4d5e";

function appWith(...middlewares: Middleware<State>[]): App<State> {
  return new App<State>()
    .use(...middlewares)
    .get("/id", (ctx) => ctx.text(ctx.state.requestId))
    .get("/ip", (ctx) => ctx.text(ctx.state.ip))
    .get(
      "/own",
      (ctx) => ctx.text("", { headers: { "Content-Security-Policy": "default-src 'self'" } }),
    )
    .get("/away", () => Response.redirect("http://localhost/id"))
    .get("/boom", () => Promise.reject(new Error("secret inside")))
    .get("/teapot", () => Promise.reject(new HttpError(418, "No coffee")))
    .post("/echo", async (ctx) => ctx.text(await ctx.req.text()));
}

function standard(trustProxy = 0): App<State> {
  return appWith(...installed(trustProxy));
}

/** The middlewares over an installation of these services. */
function installed(trustProxy: number): Middleware<State>[] {
  install({
    services,
    trustProxy,
    publicUrl: "http://localhost",
    timeZone: "UTC",
    simulated: false,
  });
  return standardMiddlewares();
}

function ask(app: App<State>, path: string, init?: RequestInit): Promise<Response> {
  return app.handler()(new Request(`http://localhost${path}`, init));
}

Deno.test("every request has a UUID of its own, or the trusted proxy's", async () => {
  const init = { headers: { "x-request-id": PROXIED } };
  const own = await ask(standard(), "/id", init);
  const id = own.headers.get("x-request-id") ?? "";
  assert.ok(validate(id) && version(id) === 7, id);
  assert.notEqual(id, PROXIED);
  assert.equal(await own.text(), id);
  assert.equal((await ask(standard(1), "/id", init)).headers.get("x-request-id"), PROXIED);
  const broken = await ask(standard(1), "/id", { headers: { "x-request-id": "a b\tc" } });
  assert.ok(validate(broken.headers.get("x-request-id")));
});

Deno.test("errors, unknown paths and immutable responses have the headers too", async () => {
  for (const path of ["/id", "/boom", "/teapot", "/nothing", "/away"]) {
    const response = await ask(standard(), path);
    assert.ok(response.headers.has("x-request-id"), path);
    assert.ok(response.headers.has("server-timing"), path);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/, path);
    assert.doesNotMatch(await response.text(), /secret/);
  }
  assert.equal((await ask(standard(), "/boom")).status, 500);
  assert.equal((await ask(standard(), "/nothing")).status, 404);
});

Deno.test("a route's own policy stays; headers for TLS are sent over TLS alone", async () => {
  const own = await ask(standard(), "/own");
  assert.equal(own.headers.get("content-security-policy"), "default-src 'self'");
  assert.equal(own.headers.get("strict-transport-security"), null);
  const tls = await standard().handler()(new Request("https://localhost/own"));
  assert.match(tls.headers.get("strict-transport-security") ?? "", /^max-age=\d+/);
});

Deno.test("the client is the entry that the outermost trusted proxy wrote", () => {
  const forged = "6.6.6.6, 198.51.100.7, 10.0.0.2";
  assert.equal(clientAddress("10.0.0.1", forged, 0), "10.0.0.1");
  assert.equal(clientAddress("10.0.0.1", forged, 1), "10.0.0.2");
  assert.equal(clientAddress("10.0.0.1", forged, 2), "198.51.100.7");
  assert.equal(clientAddress("10.0.0.1", null, 2), "10.0.0.1");
  assert.equal(clientAddress("10.0.0.1", "unknown, 10.0.0.2", 2), "10.0.0.2");
  assert.equal(clientAddress("10.0.0.1", "[2001:db8::1]:4711", 1), "2001:db8::1");
  assert.equal(clientAddress("10.0.0.1", "198.51.100.7:4711", 1), "198.51.100.7");
  assert.equal(clientAddress("::ffff:192.0.2.9", null, 0), "192.0.2.9");
});

Deno.test("what a client writes before the proxies' entries never counts", () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 4 }), (forged, proxies) => {
    const hops = Array.from({ length: proxies }, (_, hop) => `10.0.0.${hop + 1}`);
    const heard = ["198.51.100.7", ...hops.slice(1)].join(", ");
    assert.equal(clientAddress("10.0.0.9", `${forged}, ${heard}`, proxies), "198.51.100.7");
  }));
});

Deno.test("the log has a line for each request, without queries and capability URLs", async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const app = appWith(requestId(0), accessLog(pino({ base: null }, sink)));
  await ask(app, "/id?token=hunter2");
  await ask(app, "/boom");
  await ask(app, "/wall/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6");
  assert.deepEqual(lines.map(({ path, status }) => [path, status]), [
    ["/id", 200],
    ["/boom", 500],
    ["/wall/Zm9v…", 404],
  ]);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});

Deno.test("ids and files stay in the log, long tokens don't", () => {
  for (
    const path of ["/", `/api/v1/messages/${PROXIED}`, "/_fresh/js/dashboard-chart-ABC123DEF.js"]
  ) assert.equal(loggedPath(path), path);
  assert.equal(loggedPath("/s/eyJhbGciOi.eyJzdWIiOiI.c2lnbmF0dXJl/x"), "/s/eyJh…/x");
});

Deno.test("a body over the limit is refused by its length, and while it is read", async () => {
  const app = appWith(requestId(0), catchErrors(), bodyLimit(10));
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    ask(app, "/echo", { method: "POST", body, headers });
  assert.equal(await (await post("0123456789")).text(), "0123456789");
  assert.equal((await post("0123456789a", { "content-length": "11" })).status, 413);
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(4));
    },
  });
  assert.equal((await post(endless)).status, 413);
  assert.ok(pulled < 10, `${pulled} chunks were read`);
});

Deno.test("an error's page that fails itself hides nothing and tells nothing", async () => {
  const app = appWith(requestId(0), catchErrors(() => Promise.reject(new Error("broken page"))));
  const response = await ask(app, "/boom");
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /secret|broken/);
});

Deno.test("Server-Timing is the time until the answer begins", async () => {
  let clock = 0;
  const app = new App<State>().use(timing(() => clock)).get("/", () => {
    clock += 12.34;
    return new Response("");
  });
  assert.equal((await ask(app, "/")).headers.get("server-timing"), "total;dur=12.3");
});

Deno.test("a WebSocket upgrade passes through all of them", async () => {
  const app = new App<State>().use(...installed(0))
    .get("/ws", (ctx) => {
      const { response, socket } = ctx.upgrade();
      socket.onopen = () => socket.send(ctx.state.ip);
      return response;
    });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler());
  try {
    const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/ws`);
    const heard = await new Promise((done, fail) => {
      socket.onmessage = (event) => done(event.data);
      socket.onerror = fail;
    });
    assert.equal(heard, "127.0.0.1");
    const closed = new Promise((done) => socket.onclose = done);
    socket.close();
    await closed;
  } finally {
    await server.shutdown();
  }
});

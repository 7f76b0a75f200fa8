import assert from "node:assert/strict";
import { App, type Context, HttpError, page } from "./mod.ts";

type Trail = { trail?: string[] };

function ask(
  app: App<Trail>,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  return app.handler()(new Request(`http://localhost${path}`, init));
}

async function textOf(response: Promise<Response>): Promise<string> {
  return await (await response).text();
}

function step(name: string): (ctx: Context<Trail>) => Promise<Response> {
  return (ctx) => {
    (ctx.state.trail ??= []).push(name);
    return ctx.next();
  };
}

const trail = (ctx: Context<Trail>): Response => ctx.json(ctx.state.trail ?? []);
const say = (word: string) => (): Response => new Response(word);

Deno.test("a static path wins over patterns, whatever the order; patterns by order", async () => {
  const app = new App<Trail>()
    .get("/books/:id", say("param"))
    .get("/books/*", say("wildcard"))
    .get("/books/new", say("static"));
  assert.equal(await textOf(ask(app, "/books/new")), "static");
  assert.equal(await textOf(ask(app, "/books/7")), "param");
  assert.equal(await textOf(ask(app, "/books/7/pages")), "wildcard");
});

Deno.test("the first route registered for a method and path stays", async () => {
  const app = new App<Trail>().get("/a", say("first")).get("/a", say("second"));
  assert.equal(await textOf(ask(app, "/a")), "first");
});

Deno.test("params are decoded, all but reserved characters", async () => {
  const app = new App<Trail>().get("/:name/x", (ctx) => ctx.text(ctx.params["name"] ?? "none"));
  assert.equal(await textOf(ask(app, "/caf%C3%A9%20bar/x")), "café bar");
  assert.equal(await textOf(ask(app, "/a%2Fb/x")), "a%2Fb");
});

// The real one throws outside its own error handling.
Deno.test("differs from the real one: a broken escape does not break the request", async () => {
  const app = new App<Trail>().get("/:name/x", (ctx) => ctx.text(ctx.params["name"] ?? "none"));
  assert.equal(await textOf(ask(app, "/%ff/x")), "%ff");
});

Deno.test("a static path answers with and without its trailing slash", async () => {
  const app = new App<Trail>().get("/a", say("a")).get("/b/", say("b")).get("/c", say("c")).get(
    "/c/",
    say("c/"),
  );
  assert.equal(await textOf(ask(app, "/a/")), "a");
  assert.equal(await textOf(ask(app, "/b")), "b");
  assert.equal(await textOf(ask(app, "/c")), "c");
  assert.equal(await textOf(ask(app, "/c/")), "c/");
});

Deno.test("slashes in a row count as one, in the request and in a redirect", async () => {
  const app = new App<Trail>()
    .get("/a/b", say("ab"))
    .get("/away", (ctx) => ctx.redirect("//evil.example/x?to=//y", 303));
  assert.equal(await textOf(ask(app, "//a///b")), "ab");
  const response = await ask(app, "/away");
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "/evil.example/x?to=//y");
});

Deno.test("a missing method is 405, HEAD is GET without a body", async () => {
  const app = new App<Trail>()
    .get("/a", (ctx) => ctx.text("body", { headers: { "x-from": ctx.req.method } }))
    .post("/a", say("posted"));
  assert.equal((await ask(app, "/a", { method: "PUT" })).status, 405);
  const head = await ask(app, "/a", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("x-from"), "HEAD");
  assert.equal(head.body, null);
});

// RFC 9110, 15.5.6; the real one sends none.
Deno.test("differs from the real one: a 405 says what is allowed", async () => {
  const app = new App<Trail>().get("/a", say("got")).post("/a", say("posted"));
  const response = await ask(app, "/a", { method: "PUT" });
  assert.equal(response.headers.get("allow"), "GET, POST");
});

Deno.test("middlewares wrap what is registered later; a route may have its own", async () => {
  const app = new App<Trail>()
    .use(step("all"))
    .get("/early", trail)
    .use(step("more"), step("and more"))
    .get("/users/:id", step("own"), trail)
    .use(step("late"));
  assert.deepEqual(await (await ask(app, "/early")).json(), ["all"]);
  assert.deepEqual(
    await (await ask(app, "/users/7")).json(),
    ["all", "more", "and more", "own"],
  );
});

Deno.test("root middlewares see 404 and 405 too", async () => {
  const app = new App<Trail>()
    .use(async (ctx) => {
      try {
        const response = await ctx.next();
        return new Response(`${response.status}`);
      } catch (error) {
        return new Response(`threw ${error instanceof HttpError ? error.status : "?"}`);
      }
    })
    .get("/a", say("a"));
  assert.equal(await textOf(ask(app, "/none")), "threw 404");
  assert.equal(await textOf(ask(app, "/a", { method: "PUT" })), "threw 405");
});

Deno.test("all answers every method, get and post their own", async () => {
  const app = new App<Trail>().all("/every", (ctx) => ctx.text(ctx.req.method)).post(
    "/posted",
    say("posted"),
  );
  for (const method of ["DELETE", "GET", "PATCH", "POST", "PUT"]) {
    assert.equal(await textOf(ask(app, "/every", { method })), method);
  }
  assert.equal(await textOf(ask(app, "/posted", { method: "POST" })), "posted");
  assert.equal((await ask(app, "/posted")).status, 405);
});

Deno.test("without error routes a thrown HttpError keeps its status and an unknown one tells nothing", async () => {
  const app = new App<Trail>()
    .get("/teapot", () => Promise.reject(new HttpError(418)))
    .get("/denied", () => Promise.reject(new HttpError(403, "Not you")));
  const teapot = await ask(app, "/teapot");
  assert.equal(teapot.status, 418);
  assert.notEqual(await teapot.text(), "");
  const denied = await ask(app, "/denied");
  assert.equal(denied.status, 403);
  assert.equal(await denied.text(), "Not you");
});

Deno.test("concurrent requests do not mix their chains", async () => {
  const fastIsDone = Promise.withResolvers<void>();
  const app = new App<Trail>()
    .use(async (ctx) => {
      if (ctx.url.pathname === "/slow") await fastIsDone.promise;
      return await ctx.next();
    })
    .get("/slow", say("slow"))
    .get("/fast", say("fast"));
  const handler = app.handler();
  const slow = handler(new Request("http://localhost/slow"));
  assert.equal(await textOf(handler(new Request("http://localhost/fast"))), "fast");
  fastIsDone.resolve();
  assert.equal(await textOf(slow), "slow");
});

Deno.test("page keeps data, status and headers", () => {
  const made = page({ a: 1 }, { status: 201, headers: { "x-a": "1" } });
  assert.deepEqual(made, { data: { a: 1 }, status: 201, headers: { "x-a": "1" } });
});

Deno.test("trustProxy decides about forwarded headers", async () => {
  const show = (ctx: Context<Trail>): Response => ctx.text(ctx.url.href);
  const init = { headers: { "x-forwarded-proto": "https", "x-forwarded-host": "sms.example" } };
  const plain = new App<Trail>().get("/a", show);
  assert.equal(await textOf(ask(plain, "/a", init)), "http://localhost/a");
  const behind = new App<Trail>({ trustProxy: true }).get("/a", show);
  assert.equal(await textOf(ask(behind, "/a", init)), "https://sms.example/a");
});

Deno.test("ctx.json and ctx.text keep what they are given", async () => {
  const app = new App<Trail>()
    .get("/text", (ctx) => ctx.text("a", { status: 201, headers: { "x-a": "1" } }))
    .get("/json", (ctx) => ctx.json({ a: 1 }, { status: 202 }));
  const text = await ask(app, "/text");
  assert.equal(text.headers.get("x-a"), "1");
  assert.equal(text.status, 201);
  const json = await ask(app, "/json");
  assert.equal(json.headers.get("content-type"), "application/json");
  assert.equal(json.status, 202);
});

Deno.test("ctx.upgrade makes a WebSocket, and refuses other requests", async () => {
  const app = new App<Trail>().get("/socket", (ctx) => {
    const { socket, response } = ctx.upgrade({ idleTimeout: 0 });
    socket.onmessage = (event) => socket.send(`heard ${event.data}`);
    return response;
  });
  assert.equal((await ask(app, "/socket")).status, 400);

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler());
  try {
    const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/socket`);
    const heard = await new Promise((done, fail) => {
      socket.onopen = () => socket.send("hello");
      socket.onmessage = (event) => done(event.data);
      socket.onerror = fail;
    });
    assert.equal(heard, "heard hello");
    const closed = new Promise((done) => socket.onclose = done);
    socket.close();
    await closed;
  } finally {
    await server.shutdown();
  }
});

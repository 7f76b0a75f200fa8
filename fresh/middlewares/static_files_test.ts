import assert from "node:assert/strict";
import { App, staticFiles } from "../mod.ts";
import { setBuildCache, type StaticFile } from "../build_cache.ts";
import { cacheOf } from "../testdata/cache.ts";

const TEXT = "hello\n";

const file = (contentType: string, immutable = false): StaticFile => ({
  path: "static/hello.txt",
  contentType,
  hash: "h1",
  immutable,
});

const FILES = {
  "/a.css": file("text/css; charset=UTF-8"),
  "/logo.png": file("image/png"),
  "/_fresh/js/x-HASH.js": file("text/javascript; charset=UTF-8", true),
};

const root = new URL("../testdata/app", import.meta.url).pathname;

function appOf(): App<unknown> {
  const app = new App<unknown>().use(staticFiles()).get("/page", () => new Response("page"));
  setBuildCache(app, cacheOf({ files: FILES, root }));
  return app;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return await appOf().handler()(new Request(`http://localhost${path}`, init));
}

Deno.test("a static file comes whole, with its type, its tag and nothing to keep it by", async () => {
  const response = await ask("/a.css");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/css; charset=UTF-8");
  assert.equal(response.headers.get("etag"), 'W/"h1"');
  assert.match(response.headers.get("cache-control") ?? "", /^no-cache/);
  assert.equal(await response.text(), TEXT);
});

Deno.test("who has it already gets 304", async () => {
  const response = await ask("/logo.png", { headers: { "if-none-match": 'W/"h1"' } });
  assert.equal(response.status, 304);
  assert.equal(response.body, null);
  const other = await ask("/logo.png", { headers: { "if-none-match": '"other"' } });
  assert.equal(other.status, 200);
});

// RFC 9110, 8.8.3 and 13.1.2; there, one weak tag alone, and none in the answer.
Deno.test("differs from the real one: 304 by a strong tag, by one of several, by any", async () => {
  for (const tag of ['"h1"', '"other", W/"h1"', "*"]) {
    const response = await ask("/logo.png", { headers: { "if-none-match": tag } });
    assert.equal(response.status, 304, tag);
    assert.equal(response.headers.get("etag"), 'W/"h1"');
  }
});

Deno.test("what a URL names by content is kept for ever, what it names by another build's is not", async () => {
  for (const path of ["/logo.png?__frsh_c=v1", "/_fresh/js/x-HASH.js"]) {
    const forEver = "public, max-age=31536000, immutable";
    assert.equal((await ask(path)).headers.get("cache-control"), forEver);
  }
  const other = await ask("/logo.png?__frsh_c=v0");
  assert.equal(other.status, 200);
  assert.equal(other.headers.get("cache-control"), "no-cache");
});

Deno.test("served as the service does, text is compressed for who accepts it", async () => {
  const long = { ...FILES, "/long.js": { ...file("text/javascript"), path: "routes/index.tsx" } };
  const app = new App<unknown>().use(staticFiles());
  setBuildCache(app, cacheOf({ files: long, root }));
  const options = { hostname: "127.0.0.1", port: 0, automaticCompression: true, onListen() {} };
  const server = Deno.serve(options, app.handler());
  try {
    const url = `http://127.0.0.1:${server.addr.port}/long.js`;
    const response = await fetch(url, { headers: { "accept-encoding": "gzip" } });
    assert.match(await response.text(), /define\.page/); // fetch has taken the encoding off
    assert.equal(response.headers.get("content-length"), null);
    assert.match(response.headers.get("vary") ?? "", /accept-encoding/i);
    const etag = response.headers.get("etag") ?? "";
    const again = await fetch(url, { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304);
  } finally {
    await server.shutdown();
  }
});

Deno.test("HEAD is answered without a body, other methods go on", async () => {
  const head = await ask("/logo.png", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.body, null);
  assert.equal((await ask("/logo.png", { method: "POST" })).status, 404);
});

Deno.test("nothing but the build's files is served; everything else goes on", async () => {
  for (
    const path of [
      "/../../etc/passwd",
      "/..%2f..%2fetc%2fpasswd",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/%00",
      "/%ff",
      "/",
      "/nowhere.css",
    ]
  ) {
    assert.equal((await ask(path)).status, 404, path);
  }
  assert.equal(await (await ask("/page")).text(), "page");
});

import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { App, staticFiles } from "../mod.ts";
import { setBuildCache } from "../app.ts";
import type { StaticEntry } from "../build_cache.ts";
import { cacheOf } from "../testdata/cache.ts";

const TEXT = "body { color: red }\n".repeat(50);

function entry(text: string, contentType: string, immutable = false): StaticEntry {
  return { content: new TextEncoder().encode(text), contentType, hash: "h1", immutable };
}

const FILES = {
  "/a b,c.css": entry(TEXT, "text/css; charset=UTF-8"),
  "/logo.png": entry(TEXT, "image/png"),
  "/_fresh/js/x-HASH.js": entry(TEXT, "text/javascript; charset=UTF-8", true),
};

function ask(
  path: string,
  init: RequestInit = {},
  mode: "production" | "development" = "production",
): Promise<Response> {
  const app = new App<unknown>({ basePath: "/base" })
    .use(staticFiles())
    .get("/page", () => new Response("page"));
  setBuildCache(app, cacheOf({ files: FILES }), mode);
  return app.handler()(new Request(`http://localhost/base${path}`, init));
}

Deno.test("a static file comes whole, with its type, its tag and nothing to keep it by", async () => {
  const response = await ask("/a%20b,c.css");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/css; charset=UTF-8");
  assert.equal(response.headers.get("content-length"), `${TEXT.length}`);
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

Deno.test("what a URL names by content is kept for ever, but not in development", async () => {
  const forEver = "public, max-age=31536000, immutable";
  for (const path of ["/logo.png?__frsh_c=v1", "/_fresh/js/x-HASH.js"]) {
    assert.equal((await ask(path)).headers.get("cache-control"), forEver);
    const inDevelopment = await ask(path, {}, "development");
    assert.match(inDevelopment.headers.get("cache-control") ?? "", /^no-cache/);
  }
});

Deno.test("the name of another build leads to the file as it is now", async () => {
  const response = await ask("/logo.png?__frsh_c=v0&x=1");
  assert.equal(response.status, 307);
  assert.equal(response.headers.get("location"), "/base/logo.png?x=1");
});

Deno.test("differs from the real one: text is compressed for who accepts it, pictures are not", async () => {
  const accept = { headers: { "accept-encoding": "br, gzip" } };
  const zipped = await ask("/a%20b,c.css", accept);
  assert.equal(zipped.headers.get("content-encoding"), "gzip");
  assert.equal(zipped.headers.get("vary"), "Accept-Encoding");
  const bytes = await zipped.bytes();
  assert.equal(zipped.headers.get("content-length"), `${bytes.length}`);
  assert.ok(bytes.length < TEXT.length / 5);
  assert.equal(new TextDecoder().decode(gunzipSync(bytes)), TEXT);
  assert.equal((await ask("/logo.png", accept)).headers.get("content-encoding"), null);
  const refused = await ask("/a%20b,c.css", { headers: { "accept-encoding": "gzip;q=0, br" } });
  assert.equal(refused.headers.get("content-encoding"), null);
});

Deno.test("HEAD is answered without a body, other methods are refused", async () => {
  const head = await ask("/logo.png", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), `${TEXT.length}`);
  assert.equal(head.body, null);
  const post = await ask("/logo.png", { method: "POST" });
  assert.equal(post.status, 405);
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

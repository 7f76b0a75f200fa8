import assert from "node:assert/strict";
import { App, csp, type CSPOptions } from "../mod.ts";
import { setBuildCache } from "../build_cache.ts";
import { cacheOf } from "../testdata/cache.ts";

const HEADER = "content-security-policy";

async function ask(options: CSPOptions, path = "/"): Promise<{ headers: Headers; html: string }> {
  const app = new App<unknown>()
    .use(csp(options))
    .get("/", (ctx) => ctx.render(<script>run()</script>))
    .get("/json", (ctx) => ctx.json({}));
  setBuildCache(app, cacheOf({}));
  const response = await app.handler()(new Request(`http://localhost${path}`));
  return { headers: response.headers, html: await response.text() };
}

Deno.test("csp: the policy has what is safe by default, and what an app adds or replaces", async () => {
  const { headers } = await ask({ csp: ["img-src *", "manifest-src 'self'"] });
  const policy = headers.get(HEADER)?.split("; ") ?? [];
  assert.ok(policy.includes("default-src 'self'"));
  assert.ok(policy.includes("object-src 'none'"));
  assert.ok(policy.includes("img-src *"));
  assert.ok(!policy.includes("img-src 'self' data:"));
  assert.ok(policy.includes("manifest-src 'self'"));
});

Deno.test("csp: with nonces, inline scripts and styles of the page alone run", async () => {
  const { headers, html } = await ask({ useNonce: true });
  const nonce = /<script nonce="(\w+)">/.exec(html)?.[1];
  assert.ok(nonce);
  const policy = headers.get(HEADER) ?? "";
  assert.ok(policy.includes(`script-src 'self' 'nonce-${nonce}'`));
  assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`));
  assert.ok(!policy.includes("unsafe-inline"));
});

Deno.test("csp: what is no page keeps the policy without a nonce, as on the real one", async () => {
  const { headers } = await ask({ useNonce: true }, "/json");
  assert.ok(headers.get(HEADER)?.includes("'unsafe-inline'"));
});

import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { parse } from "devalue";
import type { VNode } from "preact";
import { App, type Context } from "./mod.ts";
import { setBuildCache } from "./build_cache.ts";
import { NONCE } from "./render.ts";
import { Head } from "./runtime/mod.ts";
import { cacheOf } from "./testdata/cache.ts";

function Isle(props: { [name: string]: unknown }) {
  return <div class={`isle ${Object.keys(props).join()}`} />;
}

function Outer() {
  return (
    <section>
      <Isle inner />
    </section>
  );
}

const HOSTILE = "</script><!--\u2028";

const islands = { isle: { default: Isle }, outer: { Outer } };

/** What a page of `vnode` gives, with its nonce read from the response. */
async function render(
  vnode: VNode | null | ((ctx: Context<unknown>) => VNode),
  app = new App<unknown>(),
): Promise<{ html: string; nonce: string; headers: Headers }> {
  app.get("/page", (ctx) => ctx.render(typeof vnode === "function" ? vnode(ctx) : vnode));
  setBuildCache(app, cacheOf({ islands }));
  const url = "http://localhost/page";
  const response: Response & { [NONCE]?: string } = await app.handler()(new Request(url));
  const html = await response.text();
  assert.equal(response.status, 200, html);
  return { html, nonce: response[NONCE] ?? "", headers: response.headers };
}

const count = (html: string, text: string): number => html.split(text).length - 1;

Deno.test("a page without islands has no script", async () => {
  const { headers, html } = await render(
    <html lang="en">
      <head></head>
      <body class="b">hi</body>
    </html>,
  );
  assert.equal(
    html,
    '<!DOCTYPE html><html lang="en"><head></head><body class="b">hi</body></html>',
  );
  assert.equal(headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal((await render(null)).html, "<!DOCTYPE html>");
});

Deno.test("islands are marked, their scripts preloaded once, inline data can run nothing", async () => {
  const { html, nonce } = await render(
    <main>
      <Isle text={HOSTILE} />
      <Isle />
    </main>,
  );
  assert.match(
    html,
    /<!--frsh:island:isle-default:0--><div class="isle text"><\/div><!--\/frsh:island-->/,
  );
  assert.match(html, /<!--frsh:island:isle-default:1-->/);
  for (const file of ["/client.js", "/isle.js"]) {
    assert.equal(
      count(html, `<link rel="modulepreload" href="${file}" nonce="${nonce}">`),
      1,
      file,
    );
  }
  assert.equal(count(html, "</script>"), 2, "only the two tags that are meant");
  assert.equal(count(html, "<!--frsh:island"), 2);
  assert.match(html, /<script type="application\/json" id="__FRSH_STATE">[^<]*<\/script>/);
  assert.ok(html.includes(`<script type="module" src="/client.js" nonce="${nonce}">`));
});

Deno.test("an island within another's output is its own affair, one beside it is not", async () => {
  const { html } = await render(
    <main>
      <Outer />
      <Isle own />
    </main>,
  );
  assert.equal(count(html, "<!--frsh:island:"), 2);
  assert.match(html, /<!--frsh:island:outer-Outer:0--><section><div class="isle inner">/);
  assert.match(html, /<!--frsh:island:isle-default:1--><div class="isle own">/);
});

Deno.test("functions, elements and instances are refused as props of islands, and the next page is not hurt", async () => {
  class Account {}
  const refused: Record<string, [props: Record<string, unknown>, why: RegExp]> = {
    "/function": [{ onClick: () => 1 }, /function/],
    "/element": [{ title: <b>x</b> }, /given an element/],
    "/children": [{ children: [<b key="x">x</b>, "text"] }, /given an element/],
    "/instance": [{ account: new Account() }, /non-POJO/],
  };
  for (const [path, [props, why]] of Object.entries(refused)) {
    let told: unknown;
    const app = new App<unknown>().use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        told = error;
        return new Response("failed", { status: 500 });
      }
    }).get(path, (ctx) => ctx.render(<Isle {...props} />));
    setBuildCache(app, cacheOf({ islands }));
    const response = await app.handler()(new Request(`http://localhost${path}`));
    assert.equal(response.status, 500, path);
    assert.match(String(told), why, path);
    assert.match((await render(<Isle />)).html, /isle-default:0/);
  }
});

// There, 0 for -0, and the wrong bytes for a view of a part of a buffer.
Deno.test("differs from the real one: -0 stays -0, a view of bytes is just what it views", async () => {
  const { html } = await render(<Isle zero={0} minus={-0} bytes={new Uint8Array(9).subarray(7)} />);
  const state = /__FRSH_STATE">([^<]*)</.exec(html)?.[1] ?? "";
  const { props: [{ bytes, minus, zero }] } = parse(state);
  assert.deepEqual({ bytes, minus, zero }, { bytes: new Uint8Array(2), minus: -0, zero: 0 });
});

Deno.test("an element kept outside of the handler renders the same each time", async () => {
  const kept = <Isle n={signal(1)} />;
  const script = <script>run()</script>;
  for (let time = 0; time < 2; time++) {
    const { html, nonce } = await render(() => <div>{kept}{script}</div>);
    assert.match(html, /<!--frsh:island:isle-default:0-->/);
    assert.ok(html.includes(`<script nonce="${nonce}">run()</script>`));
  }
});

Deno.test("Head: the last of one key and of titles counts, and takes the wrapper's place", async () => {
  function Deep() {
    return (
      <Head>
        <title>deep</title>
        <meta property="og:title" content="og" />
      </Head>
    );
  }
  const { html } = await render(
    <html>
      <head>
        <Head>
          <title>page</title>
          <meta key="a" name="a" content="new" />
          <meta key="k" name="x" content="first" />
          <meta key="k" name="y" content="second" />
        </Head>
        <Deep />
        <title>wrapper</title>
        <meta key="a" name="a" content="old" />
        <meta name="b" content="kept" />
      </head>
      <body>
        <svg>
          <title>of a picture</title>
        </svg>
      </body>
    </html>,
  );
  const head = /<head>(.*)<\/head>/.exec(html)?.[1] ?? "";
  assert.equal(
    head,
    '<title>deep</title><meta name="a" content="new" data-key="a"/>' +
      '<meta name="b" content="kept"/><meta name="y" content="second" data-key="k"/>' +
      '<meta property="og:title" content="og"/>',
  );
  assert.match(html, /<svg><title>of a picture<\/title><\/svg>/);
});

Deno.test("each page has a nonce of its own; a given one stays", async () => {
  const page = (
    <body>
      <style>a</style>
      <script nonce="own">b</script>
    </body>
  );
  const first = await render(() => page);
  const second = await render(() => page);
  assert.notEqual(first.nonce, second.nonce);
  assert.ok(second.html.includes(`<style nonce="${second.nonce}">a</style>`));
  assert.ok(second.html.includes('<script nonce="own">b</script>'));
});

Deno.test("ctx.render keeps what it is given", async () => {
  const app = new App<unknown>().get(
    "/",
    (ctx) => ctx.render(<p>x</p>, { status: 201, headers: { "x-a": "1" } }),
  );
  const response = await app.handler()(new Request("http://localhost/"));
  assert.equal(response.status, 201);
  assert.equal(response.headers.get("x-a"), "1");
  assert.match(await response.text(), /<p>x<\/p>/);
});

import assert from "node:assert/strict";
import { App, type Context, HttpError, page, type PageProps } from "./mod.ts";
import { setBuildCache } from "./build_cache.ts";
import { toPattern } from "./fs_routes.ts";
import { cacheOf } from "./testdata/cache.ts";

type State = { trail?: string };

/** Asks a site that has these files below `routes/`. */
async function ask(
  routes: Record<string, Record<string, unknown>>,
  path: string,
  init?: RequestInit,
): Promise<{ status: number; headers: Headers; text: string; body: string }> {
  const app = new App<State>().fsRoutes();
  setBuildCache(app, cacheOf({ routes }));
  const response = await app.handler()(new Request(`http://localhost${path}`, init));
  const text = await response.text();
  const body = text.replace("<!DOCTYPE html>", "");
  return { status: response.status, headers: response.headers, text, body };
}

const say = (word: string) => ({ default: () => <p>{word}</p> });
const wrap = (word: string, config = {}) => ({
  config,
  default: ({ Component }: PageProps) => (
    <div>
      {word}(<Component />)
    </div>
  ),
});
const leave = (word: string) => ({
  default: (ctx: Context<State>) => {
    ctx.state.trail = (ctx.state.trail ?? "") + word;
    return ctx.next();
  },
});
const trail = { handler: (ctx: Context<State>) => ctx.text(ctx.state.trail ?? "") };
const fail = { handler: () => Promise.reject(new Error("boom")) };

Deno.test("the path of a file becomes a pattern", () => {
  const patterns: Record<string, string> = {
    "/index": "/",
    "/(group)/index": "/",
    "/about": "/about",
    "/blog/index": "/blog",
    "/blog/[slug]": "/blog/:slug",
    "/blog/[slug].json": "/blog/:slug.json",
    "/[year]-[month]/x": "/:year-:month/x",
    "/(a)/b/(c)/d": "/b/d",
  };
  for (const [path, pattern] of Object.entries(patterns)) assert.equal(toPattern(path), pattern);
  assert.throws(() => toPattern("/[a][b]"), SyntaxError);
});

Deno.test("text goes before a parameter, the longer path first, whatever the files' order", async () => {
  const routes = {
    "/[any]": say("any"),
    "/b/[id]": say("id"),
    "/b/[id]/x": say("id x"),
    "/b/[id]/[part]": say("part"),
    "/(g)/b/new": say("new"),
    "/[any]/last": say("last"),
  };
  const expected = {
    "/b/new": "new",
    "/b/7": "id",
    "/b/7/x": "id x",
    "/b/7/y": "part",
    "/b/last": "id",
    "/z/last": "last",
    "/z": "any",
  };
  for (const [path, word] of Object.entries(expected)) {
    assert.equal((await ask(routes, path)).body, `<p>${word}</p>`, path);
  }
});

Deno.test("parameters reach the page", async () => {
  const show = {
    default: ({ params, route }: PageProps) => <p>{JSON.stringify({ ...params })} {route}</p>,
  };
  const routes = {
    "/a/[id]": show,
    "/a/[id]/[part].json": show,
  };
  const body = async (path: string) => (await ask(routes, path)).body.replaceAll("&quot;", "'");
  assert.equal(await body("/a/7"), "<p>{'id':'7'} /a/:id</p>");
  assert.equal(await body("/a/7/x.json"), "<p>{'id':'7','part':'x'} /a/:id/:part.json</p>");
});

Deno.test("layouts nest within the app wrapper; routes and layouts opt out", async () => {
  const routes = {
    "/_app": wrap("app"),
    "/_layout": wrap("root"),
    "/index": say("home"),
    "/a/_layout": wrap("a"),
    "/a/index": say("a home"),
    "/a/b/page": say("b page"),
    "/a/bare": { ...say("bare"), config: { skipInheritedLayouts: true } },
    "/a/naked": {
      ...say("naked"),
      config: { skipAppWrapper: true, skipInheritedLayouts: true },
    },
    "/c/_layout": wrap("c", { skipInheritedLayouts: true }),
    "/c/page": say("c page"),
    "/d/_layout": wrap("d", { skipAppWrapper: true }),
    "/d/page": say("d page"),
  };
  const expected = {
    "/": "app(root(home))",
    "/a": "app(root(a(a home)))",
    "/a/b/page": "app(root(a(b page)))",
    "/a/bare": "app(bare)",
    "/a/naked": "naked",
    "/c/page": "app(c(c page))",
    "/d/page": "root(d(d page))",
  };
  for (const [path, words] of Object.entries(expected)) {
    assert.equal((await ask(routes, path)).body.replaceAll(/<\/?(p|div)>/g, ""), words, path);
  }
});

Deno.test("middlewares nest; a group has its own, and shows in no path; private folders are no routes", async () => {
  const routes = {
    "/_middleware": leave("r"),
    "/a/_middleware": { default: [leave("a").default, leave("A").default] },
    "/a/b/_middleware": { handler: leave("b").default },
    "/a/b/index": trail,
    "/a/other": trail,
    "/(g)/_middleware": leave("g"),
    "/(g)/_layout": wrap("group"),
    "/(g)/in": trail,
    "/(g)/page": say("page"),
    "/out": trail,
    "/u/[id]/_middleware": leave("u"),
    "/u/[id]/x": trail,
  };
  const expected = {
    "/a/b": "raAb",
    "/a/other": "raA",
    "/in": "rg",
    "/out": "r",
    "/u/7/x": "ru",
    "/page": "<div>group(<p>page</p>)</div>",
  };
  for (const [path, words] of Object.entries(expected)) {
    assert.equal((await ask(routes, path)).body, words, path);
  }
});

Deno.test("the nearest _error shows what was thrown, in the layouts of its place", async () => {
  const shown = {
    default: ({ error }: PageProps) => <p>{error instanceof Error ? error.message : "?"}</p>,
  };
  const routes = {
    "/_error": shown,
    "/_layout": wrap("root"),
    "/fails": fail,
    "/refuses": { handler: () => Promise.reject(new HttpError(403, "no")) },
    "/a/_layout": wrap("a"),
    "/a/_error": {
      handler: (ctx: Context<State>) =>
        page(null, { status: ctx.req.method === "PUT" ? 503 : 500 }),
      default: () => <i>of a</i>,
    },
    "/a/b/fails": { ...fail, config: { skipInheritedLayouts: true } },
  };
  const top = await ask(routes, "/fails");
  assert.equal(top.status, 500);
  assert.equal(top.body, "<div>root(<p>boom</p>)</div>");
  const refused = await ask(routes, "/refuses");
  assert.equal(refused.status, 403);
  assert.equal(refused.body, "<div>root(<p>no</p>)</div>");
  const nested = await ask(routes, "/a/b/fails", { method: "PUT" });
  assert.equal(nested.status, 503);
  assert.equal(nested.body, "<div>root(<div>a(<i>of a</i>)</div>)</div>");
});

Deno.test("a middleware that catches shows its page in the frame of its own place", async () => {
  const routes = {
    "/_app": wrap("app"),
    "/_layout": wrap("root"),
    "/_middleware": {
      default: async (ctx: Context<State>) => {
        try {
          return await ctx.next();
        } catch {
          return await ctx.render(<p>caught</p>, { status: 500 });
        }
      },
    },
    "/naked": { ...fail, config: { skipAppWrapper: true, skipInheritedLayouts: true } },
    "/a/_layout": wrap("a"),
    "/a/fails": fail,
  };
  for (const path of ["/naked", "/a/fails", "/nowhere"]) {
    const { body, status } = await ask(routes, path);
    assert.equal(status, 500);
    assert.equal(body, "<div>app(<div>root(<p>caught</p>)</div>)</div>");
  }
});

// There, 200 unless the handler gives another.
Deno.test("differs from the real one: _404 shows what is not found with status 404", async () => {
  const routes = {
    "/_404": { default: ({ url }: PageProps) => <p>no {url.pathname}</p> },
    "/_error": say("error"),
    "/gone": { handler: () => Promise.reject(new HttpError(404)) },
  };
  for (const path of ["/nowhere", "/gone"]) {
    const { body, status } = await ask(routes, path);
    assert.equal(status, 404);
    assert.equal(body, `<p>no ${path}</p>`);
  }
});

Deno.test("handlers gather, pages show; a component alone answers every method", async () => {
  const routes = {
    "/page": {
      handler: {
        GET: () => page({ n: 1 }, { status: 203, headers: { "x-n": "1" } }),
        POST: (ctx: Context<State>) => ctx.redirect("/page", 303),
      },
      default: ({ data }: PageProps<{ n: number }>) => <p>{data.n}</p>,
    },
    "/shown": { handlers: { POST: () => page("posted") }, ...say("shown") },
    "/alone": say("alone"),
    "/nothing": { handler: { GET: () => page(1) } },
  };
  const shown = await ask(routes, "/page");
  assert.equal(shown.status, 203);
  assert.equal(shown.headers.get("x-n"), "1");
  assert.equal(shown.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(shown.body, "<p>1</p>");
  assert.equal((await ask(routes, "/page", { method: "POST" })).status, 303);
  assert.equal((await ask(routes, "/shown")).body, "<p>shown</p>");
  assert.equal((await ask(routes, "/shown", { method: "POST" })).body, "<p>shown</p>");
  assert.equal((await ask(routes, "/alone", { method: "DELETE" })).body, "<p>alone</p>");
  const head = await ask(routes, "/page", { method: "HEAD" });
  assert.equal(head.status, 203);
  assert.equal(head.text, "");
});

// There, 404: it loads a file when it is first asked for, and until then takes every method for its.
Deno.test("differs from the real one: a file's missing method is 405", async () => {
  const routes = {
    "/page": { handler: { GET: () => new Response(), POST: () => new Response() } },
  };
  const refused = await ask(routes, "/page", { method: "PUT" });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get("allow"), "GET, POST");
});

// There, at its first request.
Deno.test("differs from the real one: a file without anything of use is refused at the start", () => {
  const app = new App<State>().fsRoutes();
  setBuildCache(app, cacheOf({ routes: { "/empty": { helper: 1 } } }));
  assert.throws(() => app.handler(), /routes\/empty/);
});

Deno.test("file routes are added by fsRoutes; without a build there are none", async () => {
  const app = new App<State>().use(leave("m").default).get("/before", trail.handler).fsRoutes();
  const url = "http://localhost/in";
  assert.equal((await app.handler()(new Request(url))).status, 404);
  setBuildCache(app, cacheOf({ routes: { "/in": trail } }));
  assert.equal(await (await app.handler()(new Request(url))).text(), "m");
});

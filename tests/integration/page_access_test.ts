/** Who sees which page, and is offered it: every page, every role, of the root and of a customer. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { v7 } from "uuid";
import { buildPages } from "../e2e/site.ts";
import { type Account, type Role, ROLES } from "../../services/accounts/mod.ts";
import { type Permission, reachOf, roleHas } from "../../services/auth/mod.ts";
import type { ApiClient } from "../client.ts";
import { type PageAccess, signedInPages } from "./page_access.ts";
import { numberFor, type Stack, startStack } from "./stack.ts";

/** Somebody who is signed in. */
interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Of the root, and so of everything; else of the shop. */
  readonly all: boolean;
  readonly client: ApiClient;
}

/** Of whom there is one of each thing that has a page. */
interface Things {
  readonly messages: string;
  readonly users: string;
  readonly walls: string;
}

let stack: Stack;
const callers: Caller[] = [];
let pages: (readonly [string, PageAccess])[];
let ofShop: Things;
let ofClinic: Things;

function may({ all, role }: Caller, permission: Permission | null): boolean {
  if (permission === null) return true;
  return roleHas(role, permission) && (all || reachOf(permission) === "account");
}

/** Asks for a page as a browser does. */
async function askPage(
  { client }: Pick<Caller, "client">,
  path: string,
  body?: URLSearchParams,
): Promise<{ readonly status: number; readonly html: string; readonly location: string }> {
  const response = await fetch(stack.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept: "text/html",
      cookie: `jd_access=${client.token}`,
      origin: stack.url,
      "sec-fetch-site": "same-origin",
    },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const location = response.headers.get("location") ?? "";
  return { status: response.status, html: await response.text(), location };
}

async function thingsOf(account: Account): Promise<Things> {
  const admin = await stack.user("admin", account);
  const message = await admin.post("/api/v1/messages/send", { to: numberFor(), text: "Hello" });
  const wall = await admin.post("/api/v1/walls", { name: account.name, panels: ["figures"] });
  const { id } = await admin.get("/api/v1/profile");
  return { messages: message.body.id, users: id, walls: wall.body.display.id };
}

/** The path of a page, about a thing where it is about one. */
function pathOf(page: string, things: Things | null): string {
  const subject = page.split("/")[1] ?? "";
  // Object.entries() widens the names of the three.
  const id = Object.entries(things ?? {}).find(([name]) => name === subject)?.[1] ?? v7();
  return page.replace("[id]", id).replace("[cid]", "op_main");
}

describe("pages", () => {
  before(async () => {
    await buildPages();
    stack = await startStack();
    const [shop, clinic] = [await stack.account("Shop"), await stack.account("Clinic")];
    [ofShop, ofClinic] = [await thingsOf(shop), await thingsOf(clinic)];
    for (const role of ROLES) {
      // A client has its own account alone, be it the root's.
      if (role !== "client") {
        callers.push({ name: `${role} of all`, role, all: true, client: await stack.user(role) });
      }
      if (role === "super_admin") continue;
      const client = await stack.user(role, shop);
      callers.push({ name: `${role} of the shop`, role, all: false, client });
    }
    const found = await signedInPages();
    const unknown = found.filter(([, access]) => access === null).map(([page]) => page);
    assert.deepEqual(unknown, [], "pages whose permission page_access.ts doesn't tell");
    pages = found.flatMap(([page, access]) => access === null ? [] : [[page, access] as const]);
  });
  after(() => stack?.[Symbol.asyncDispose]());

  it("are shown to who may see them, and refused to all others", async () => {
    assert.ok(pages.length > 15 && callers.length === 8);
    for (const [page, { see }] of pages) {
      for (const caller of callers) {
        const { html, status } = await askPage(caller, pathOf(page, ofShop));
        const name = `${page} by ${caller.name}`;
        assert.equal(status, may(caller, see) ? 200 : 403, name);
        if (status === 403) assert.match(html, /<h1[^>]*>This is not for your role/, name);
      }
    }
  });

  it("send who is not signed in to the sign-in, and back afterwards", async () => {
    for (const [page] of pages) {
      const path = pathOf(page, ofShop);
      const response = await fetch(stack.url + path, { redirect: "manual" });
      await response.body?.cancel();
      assert.equal(response.status, 303, page);
      const back = path === "/" ? "" : `?next=${encodeURIComponent(path)}`;
      assert.equal(response.headers.get("location"), `/sign-in${back}`, page);
    }
  });

  it("take no form from who may not do what it does", async () => {
    for (const [page, { act, see }] of pages) {
      if (act === undefined) continue;
      for (const caller of callers) {
        // A form that asks for nothing: past the door it changes nothing.
        const { status } = await askPage(caller, pathOf(page, ofShop), new URLSearchParams());
        const name = `${page} by ${caller.name}: ${status}`;
        if (may(caller, act) && may(caller, see)) {
          assert.ok(![401, 403].includes(status) && status < 500, name);
        } else assert.equal(status, 403, name);
      }
    }
  });

  it("about what is another account's are as pages about nothing", async () => {
    const about = pages.filter(([page]) => page.includes("[id]"));
    assert.equal(about.length, 3);
    for (const [page, { see }] of about) {
      for (const caller of callers.filter((each) => may(each, see))) {
        const own = await askPage(caller, pathOf(page, ofShop));
        const foreign = await askPage(caller, pathOf(page, ofClinic));
        const none = await askPage(caller, pathOf(page, null));
        const name = `${page} by ${caller.name}`;
        assert.deepEqual(
          [own.status, foreign.status, none.status],
          [200, caller.all ? 200 : 404, 404],
          name,
        );
        if (caller.all) continue;
        const id = pathOf(page, ofClinic).split("/").at(-1) ?? "";
        assert.ok(!foreign.html.includes(id), `${name} says the id`);
      }
    }
  });

  it("lead to no page that their reader may not see", async () => {
    for (const caller of callers) {
      const offered = new Map<string, string>();
      for (const [page, { see }] of pages.filter(([, { see }]) => may(caller, see))) {
        const { html } = await askPage(caller, pathOf(page, ofShop));
        assert.notEqual(see, undefined);
        for (const [, href = ""] of html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) {
          if (!offered.has(href)) offered.set(href, page);
        }
      }
      assert.ok(offered.size > 5, `${caller.name} is offered ${[...offered.keys()].join()}`);
      for (const [href, from] of offered) {
        const { location, status } = await askPage(caller, href);
        const isThere = status === 200 || (status === 303 && !location.startsWith("/sign-in"));
        assert.ok(isThere, `${from} offers ${href} to ${caller.name}, which answers ${status}`);
      }
      // And everything of the sidebar that may be seen is offered.
      const places = ["/connectors", "/messages", "/inbox", "/users", "/api-keys", "/audit"];
      for (const place of places) {
        const access = pages.find(([page]) => page === place)?.[1];
        assert.equal(
          offered.has(place),
          may(caller, access?.see ?? null),
          `${place}: ${caller.name}`,
        );
      }
    }
  });
});

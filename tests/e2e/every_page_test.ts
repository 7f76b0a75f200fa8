/**
 * Every page in both themes, on a desk, a tablet and a phone.
 * @module
 */
import type { Browser } from "playwright-core";
import type { Role } from "../../services/accounts/mod.ts";
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertQuiet,
  openTab,
  type Session,
  settle,
  showTheme,
  signIn,
  type Tab,
  withBrowser,
} from "./browser.ts";
import { furnish, type Furniture, SITE_PAGES, type SitePage } from "./pages.ts";
import { type Site, startSite } from "./site.ts";

/** A tab for each kind of user, who signs in once for all widths. */
class Tabs {
  readonly #tabs = new Map<string, Promise<Tab>>();
  readonly #sessions = new Map<Role, Promise<Session>>();

  constructor(readonly site: Site, readonly browser: Browser) {}

  of(role: Role | null, width: number): Promise<Tab> {
    const key = `${role} ${width}`;
    const tab = this.#tabs.get(key) ?? this.#open(role, width);
    this.#tabs.set(key, tab);
    return tab;
  }

  async #open(role: Role | null, width: number): Promise<Tab> {
    if (role === null) return await openTab(this.browser, { width });
    const session = this.#sessions.get(role) ?? this.#signIn(role);
    this.#sessions.set(role, session);
    return await openTab(this.browser, { width, session: await session });
  }

  async #signIn(role: Role): Promise<Session> {
    const tab = await openTab(this.browser);
    await signIn(tab, this.site.url, await this.site.user(role));
    const session = await tab.context.storageState();
    await tab.context.close();
    return session;
  }
}

async function open(tab: Tab, site: Site, shown: SitePage, furniture: Furniture): Promise<void> {
  const { live = false, path } = shown;
  tab.complaints.length = 0;
  await tab.page.emulateMedia({ colorScheme: "light" });
  await tab.page.goto(site.url + (typeof path === "string" ? path : path(furniture)));
  await settle(tab, { live });
}

/** What the page itself answers is told in the console too. */
function assertOnlySays(tab: Tab, { status = 200 }: SitePage): void {
  assertQuiet(tab, status === 200 ? /^$/ : new RegExp(`\\b${status}\\b`));
}

Deno.test("every page, in both themes, at every width", async (t) => {
  await using site = await startSite();
  const furniture = await furnish(site);
  await withBrowser(async (browser) => {
    const tabs = new Tabs(site, browser);
    for (const shown of SITE_PAGES) {
      const role = shown.as === undefined ? "super_admin" : shown.as;
      await t.step(shown.name, async (step) => {
        await step.step("on a desk and a tablet", async () => {
          const tab = await tabs.of(role, 1440);
          await tab.page.setViewportSize({ width: 1440, height: 900 });
          await open(tab, site, shown, furniture);
          await assertNoSidewaysScroll(tab);
          await assertAccessible(tab);
          await showTheme(tab, "dark");
          await assertAccessible(tab, "color-contrast");
          await tab.page.setViewportSize({ width: 768, height: 900 });
          await settle(tab);
          await assertNoSidewaysScroll(tab);
          await assertAccessible(tab, "label-content-name-mismatch");
          assertOnlySays(tab, shown);
        });
        if (shown.phone === false) return;
        await step.step("on a phone", async () => {
          const tab = await tabs.of(role, 390);
          await open(tab, site, shown, furniture);
          await assertNoSidewaysScroll(tab);
          await assertAccessible(tab);
          await showTheme(tab, "dark");
          await assertAccessible(tab, "color-contrast");
          assertOnlySays(tab, shown);
        });
      });
    }
  });
});

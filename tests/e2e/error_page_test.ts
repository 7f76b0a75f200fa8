/**
 * What is shown when something broke that nobody expected.
 * @module
 */
import assert from "node:assert/strict";
import { install, installation } from "../../routes/installation.ts";
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertQuiet,
  openTab,
  signIn,
  withBrowser,
} from "./browser.ts";
import { startSite } from "./site.ts";

Deno.test("a fault of ours is told by its number, and nothing of its inside", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser, { width: 390, theme: "dark" });
    await signIn(tab, site.url, await site.user("admin"));
    const whole = installation();
    const walls: typeof whole.services.walls = {
      ...whole.services.walls,
      list: () => Promise.reject(new Error("a secret of the inside")),
    };
    // The site is served by this process.
    install({ ...whole, services: { ...whole.services, walls } });
    try {
      const response = await tab.page.goto(`${site.url}/walls`);
      assert.equal(response?.status(), 500);
      const text = await tab.page.locator("main").innerText();
      const id = response?.headers()["x-request-id"] ?? "";
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.ok(text.includes(id), text);
      assert.doesNotMatch(await tab.page.content(), /a secret of the inside|at file:/);
      await assertAccessible(tab);
      await assertNoSidewaysScroll(tab);
      assertQuiet(tab, /\b500\b/);
    } finally {
      install(whole);
    }
  });
});

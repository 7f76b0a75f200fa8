/**
 * The command palette, on any page, by keyboard alone.
 * @module
 */
import assert from "node:assert/strict";
import { assertAccessible, assertQuiet, openTab, signIn, withBrowser } from "./browser.ts";
import { startSite } from "./site.ts";

Deno.test("the palette opens by Ctrl K, finds, closes, gives the focus back and goes", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.goto(`${site.url}/walls`);
    await page.locator("main a").first().focus();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const before = await focused();
    const palette = page.getByRole("dialog", { name: "Search and commands" });
    for (const key of ["Control+k", "Escape"]) {
      await page.keyboard.press("Control+k");
      await palette.waitFor();
      await page.keyboard.press(key);
      await palette.waitFor({ state: "detached" });
      assert.equal(await focused(), before);
    }
    await page.keyboard.press("Control+k");
    await palette.waitFor();
    await page.keyboard.type("op_main");
    await palette.getByRole("option", { name: "op_main", exact: true }).waitFor();
    await assertAccessible(tab);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/connectors/op_main");
    assertQuiet(tab);
  });
});

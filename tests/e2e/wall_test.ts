/**
 * A display on a wall: made, shown, cut from its server, and revoked.
 * @module
 */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { until } from "../until.ts";
import { anotherWeb } from "./another_web.ts";
import {
  assertAccessible,
  assertQuiet,
  openTab,
  signIn,
  type Tab,
  withBrowser,
} from "./browser.ts";
import { type Site, startSite } from "./site.ts";

const SILENT = "main > [role=alert]";

/** What a browser says of a server that isn't there; all else is a complaint. */
const AWAY =
  /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE)|^failed: .*events/;

async function openWall(browser: Browser, url: string, width = 1_920): Promise<Tab> {
  const tab = await openTab(browser, { width });
  await tab.page.setViewportSize({ width, height: width * 9 / 16 });
  const response = await tab.page.goto(url);
  assert.equal(response?.headers()["referrer-policy"], "no-referrer");
  return tab;
}

/** Makes a display by its page; answers with the path of its address, which is shown this once. */
async function makeWall(browser: Browser, site: Site): Promise<string> {
  const tab = await openTab(browser);
  const { page } = tab;
  await signIn(tab, site.url, await site.user("admin"));
  await page.goto(`${site.url}/walls`);
  await page.getByRole("link", { name: "Make a wall display" }).click();
  await page.getByLabel("Name").fill("Operations room");
  await page.getByRole("button", { name: "Make a wall display" }).click();
  const address = await page.locator("#address [data-copy]").getAttribute("data-copy");
  await assertAccessible(tab);
  assertQuiet(tab);
  await tab.context.close();
  return new URL(address ?? "").pathname;
}

Deno.test("a wall says within 3 s that its server is gone, comes back by itself and missed nothing", async () => {
  await using site = await startSite();
  const { stack } = site;
  const { url, start } = await anotherWeb(site);
  let program = await start();
  try {
    await withBrowser(async (browser) => {
      const path = await makeWall(browser, site);
      const tab = await openWall(browser, `${url}${path}`);
      const { page } = tab;
      await page.getByText("op_main").waitFor();
      await until("it to live", 20, async () => {
        return await page.locator(SILENT).count() === 0 &&
          /^\d+$/.test(await page.locator("h2 + p").first().innerText());
      });
      const clock = page.locator("header p").last();
      const before = await clock.innerText();
      await until("its clock to go", 5, async () => await clock.innerText() !== before);

      const killedAt = performance.now();
      program.kill();
      await program.ended;
      await page.locator(SILENT).waitFor({ timeout: 10_000 });
      // Within 3 s of the last figures, and a moment to be drawn on a busy machine.
      const took = performance.now() - killedAt;
      assert.ok(took < 3_300, `It took ${Math.round(took)} ms to say so`);
      assert.match(await page.locator(SILENT).innerText(), /No data for \d\ss/);

      // What happens meanwhile is told afterwards.
      stack.gateway.changeConnector("op_main", { refuseConnection: true });
      stack.gateway.dropConnector("op_main");
      await until(
        "the alert",
        20,
        async () =>
          (await stack.services.alerts.list({ kind: "all" }, { state: "active" }, { limit: 10 }))
            .items.length > 0,
      );
      await until(
        "the figures to be old",
        20,
        async () => await page.locator("main[data-stale]").count() === 1,
      );

      program = await start();
      await page.locator(SILENT).waitFor({ state: "detached", timeout: 20_000 });
      await page.getByText("op_main is down").waitFor();
      await page.getByText(/^Down \d+/).waitFor();
      await page.getByText(/^op_main down, \d/).waitFor();
      stack.gateway.changeConnector("op_main", { refuseConnection: false });
      await page.getByText("No active alert").waitFor({ timeout: 40_000 });
      assertQuiet(tab, AWAY);
      assert.doesNotMatch(program.output, /wd_[A-Za-z0-9_-]{43}/);
    });
  } finally {
    program.kill();
    await program.ended;
  }
});

Deno.test("a wall is seen on 1080p and 4K, in the dark and in the light", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const path = await makeWall(browser, site);
    for (const width of [1_920, 3_840]) {
      for (const theme of ["dark", "light"]) {
        const tab = await openWall(browser, `${site.url}${path}?theme=${theme}`, width);
        const { page } = tab;
        await page.getByText("op_main").waitFor();
        assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
        const [over, size] = await page.evaluate(() => {
          const { scrollHeight, scrollWidth } = document.documentElement;
          const number = document.querySelector("h2 + p");
          return [
            Math.max(scrollHeight - innerHeight, scrollWidth - innerWidth),
            number === null ? 0 : Number.parseFloat(getComputedStyle(number).fontSize),
          ] as const;
        });
        assert.ok(over <= 0, `It is ${over} px larger than its screen`);
        assert.equal(size, 220 * width / 1_920);
        await assertAccessible(tab);
        assertQuiet(tab);
        await tab.context.close();
      }
    }
  });
});

Deno.test("a wall that is revoked shows a calm page, and its address never works again", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const path = await makeWall(browser, site);
    const wall = await openWall(browser, `${site.url}${path}`);
    await wall.page.getByText("op_main").waitFor();

    const admin = await openTab(browser);
    const { page } = admin;
    await signIn(admin, site.url, await site.user("admin"));
    await page.goto(`${site.url}/walls`);
    await page.getByRole("link", { name: "Operations room" }).click();
    await page.getByLabel("Name").fill("Control room");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Control room" }).click();
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Revoke wall display" }).click();
    await page.getByText("Revoked").waitFor();
    assertQuiet(admin);

    await wall.page.getByText("This wall display was revoked").waitFor({ timeout: 20_000 });
    await assertAccessible(wall);
    assertQuiet(wall, /401|410/);
    const { status } = await fetch(`${site.url}${path}/events?channels=metrics`);
    assert.equal(status, 401);
    const { items } = await (await site.stack.user("admin")).get("/api/v1/audit?limit=50");
    const actions = items.map(({ action }: { action: string }) => action);
    for (const action of ["wall.create", "wall.update", "wall.revoke"]) {
      assert.ok(actions.includes(action), `${action} is in the audit log`);
    }
  });
});

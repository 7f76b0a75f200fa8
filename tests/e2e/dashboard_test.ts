/**
 * The dashboard in a browser: whole without a script, then live without a jump.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { acceptedFor, numberFor } from "../integration/stack.ts";
import { until } from "../until.ts";
import { anotherWeb } from "./another_web.ts";
import { assertAccessible, assertQuiet, openTab, signIn, withBrowser } from "./browser.ts";
import { type Site, startSite } from "./site.ts";

const SUBMITTED = '[data-live="today.submitted"]';

async function sendSome(site: Site, count: number): Promise<void> {
  const client = await site.stack.user("admin");
  for (let sent = 0; sent < count; sent++) {
    const { status } = await client.post("/api/v1/messages/send", {
      to: numberFor(),
      text: `message ${sent}`,
    });
    assert.equal(status, 202);
  }
}

/** A figure of the page as a number; null while it says that there is none. */
async function figure(page: Page, selector: string): Promise<number | null> {
  const text = (await page.locator(selector).innerText()).replaceAll(",", "");
  return /^\d+$/.test(text) ? Number(text) : null;
}

Deno.test("the dashboard is complete without a script, at every width", async () => {
  await using site = await startSite();
  await sendSome(site, 3);
  await until("the figures of the day", 20, async () => {
    const { figures } = await site.stack.services.metrics.figures({
      accountId: site.stack.root.id,
      role: "admin",
      scope: { kind: "all" },
    });
    return (figures?.today.submitted ?? 0) >= 3;
  });
  const user = await site.user("admin");
  await withBrowser(async (browser) => {
    for (const [width, theme] of [[1440, "light"], [768, "dark"], [390, "light"]] as const) {
      const tab = await openTab(browser, { scripts: false, width, theme });
      const { page } = tab;
      await signIn(tab, site.url, user);
      assert.equal(await figure(page, SUBMITTED), 3, `${width} px`);
      assert.equal(await page.locator('[data-lane="mt"] svg[role="img"]').count(), 1);
      assert.equal(await page.locator("[data-connector]").count(), 4);
      assert.equal(await page.locator("[data-service]").count(), 5);
      assert.equal(await page.locator("#latest tbody tr").count(), 3);
      await page.getByRole("heading", { name: "No active alert" }).waitFor();
      await page.goto(`${site.url}/?range=day`);
      await page.getByRole("heading", { name: "Traffic, last 24 hours" }).waitFor();
      // Without scripts, Chromium calls their preloads failed.
      assertQuiet(tab, /\.js$/);
      await tab.context.close();
    }
  });
});

Deno.test("the dashboard moves with the traffic, and nothing jumps", async (t) => {
  await using site = await startSite();
  const { gateway } = site.stack;
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.locator('[data-lane="mt"] canvas').waitFor();
    await page.evaluate(() => document.body.dataset["same"] = "yes");

    await t.step("a message counts at once, and is listed", async () => {
      const before = await until("the first figures", 20, () => figure(page, SUBMITTED));
      await sendSome(site, 2);
      await until(
        "two more messages",
        10,
        async () => await figure(page, SUBMITTED) === before + 2,
      );
      await until(
        "them in the list",
        10,
        async () => await page.locator("#latest tbody tr").count() === before + 2,
      );
    });

    await t.step("a connector that drops comes first, with an alert to acknowledge", async () => {
      gateway.changeConnector("op_main", { refuseConnection: true });
      gateway.dropConnector("op_main");
      const first = page.locator("[data-connector]").first();
      await until("op_main first", 15, async () => /op_main\s*Down/.test(await first.innerText()));
      const alert = page.locator("#alerts li", { hasText: "op_main is down" });
      await alert.waitFor();
      await assertAccessible(tab);
      await alert.getByRole("button", { name: "Acknowledge" }).click();
      await alert.getByText("acknowledged").waitFor();
      gateway.changeConnector("op_main", { refuseConnection: false });
      await page.getByRole("heading", { name: "No active alert" }).waitFor({ timeout: 40_000 });
      await page.getByText("The last one, “op_main is down”").waitFor();
      assert.equal(await page.evaluate(() => document.body.dataset["same"]), "yes");
    });

    await t.step("the chart tells the values of a moment, by pointer and by keyboard", async () => {
      const chart = page.getByRole("group", { name: /^Chart of the/ });
      await chart.focus();
      await page.keyboard.press("ArrowLeft");
      assert.match(await chart.getByRole("status").innerText(), /^\d\d:\d\d:\d\d: MT /);
      await page.keyboard.press("Escape");
      assert.equal(await chart.getByRole("status").innerText(), "");
    });
    assertQuiet(tab);
  });
});

Deno.test("a cut stream is said at once; what was measured meanwhile is filled in, and no gap is left", async () => {
  await using site = await startSite();
  const { url, start } = await anotherWeb(site);
  let program = await start();
  try {
    await withBrowser(async (browser) => {
      const tab = await openTab(browser);
      const { page } = tab;
      await signIn(tab, url, await site.user("admin"));
      // Of the time before the site was started, there is a gap at the beginning.
      const gaps = page.locator('[data-lane="mt"] rect[fill^="url("]');
      await page.locator('[data-lane="mt"] canvas').waitFor();
      const before = await until("the first figures", 20, () => figure(page, SUBMITTED));
      program.kill();
      await program.ended;
      await page.getByText("Connecting again").first().waitFor({ timeout: 8_000 });
      await sendSome(site, 3);
      await page.getByText("Connecting again.", { exact: true }).waitFor({ timeout: 30_000 });
      assert.equal(await figure(page, SUBMITTED), before, "Old figures stay as they were");
      program = await start();
      await until("what was sent", 20, async () => await figure(page, SUBMITTED) === before + 3);
      await until("the hole to be filled", 10, async () => await gaps.count() <= 1);
      assert.equal(await page.locator("html[data-stale]").count(), 0);
      assertQuiet(tab, /ERR_(CONNECTION|EMPTY|INCOMPLETE)|^failed: /);
    });
  } finally {
    program.kill();
    await program.ended;
  }
});

Deno.test("a client sees its own account's figures, and nothing of connectors", async () => {
  await using site = await startSite();
  const { stack } = site;
  await sendSome(site, 2);
  const customer = await stack.account("A customer");
  const email = await stack.addUser("client", customer);
  const client = await stack.user("client", customer);
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    const to = numberFor();
    await client.post("/api/v1/messages/send", { to, text: "one of its own" });
    await until("it at the gateway", 20, () => acceptedFor(stack.gateway, to) === 1);
    await signIn(tab, site.url, { email, password: (await site.user("client")).password });
    await until("one message", 15, async () => await figure(page, SUBMITTED) === 1);
    assert.equal(await page.locator("#latest tbody tr").count(), 1);
    assert.equal(await page.locator("[data-connector], [data-service]").count(), 0);
    assert.doesNotMatch(await page.content(), /op_main|op_undeliv/);
    const csv = await page.request.get(`${site.url}/?range=day&format=csv`);
    assert.match(csv.headers()["content-type"] ?? "", /^text\/csv/);
    assert.doesNotMatch(await csv.text(), /op_main/);
    await assertAccessible(tab);
    assertQuiet(tab);
  });
});

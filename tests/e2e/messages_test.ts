/**
 * Messages in a browser: sent, followed to the end, found again, without a reload.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  assertAccessible,
  assertQuiet,
  openTab,
  settle,
  shiftWithin,
  signIn,
  withBrowser,
} from "./browser.ts";
import { startSite } from "./site.ts";

/** Marks the document, so that a page that was loaded again is told from the same one. */
const mark = (page: Page) => page.evaluate(() => document.body.dataset["same"] = "yes");
const isSame = (page: Page) => page.evaluate(() => document.body.dataset["same"] === "yes");

Deno.test("messages: composed, followed live to the end, found in the list, replied to", async (t) => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    const user = await site.user("admin");
    await signIn(tab, site.url, user);

    await t.step("what a character costs is said, and replaced, by keyboard alone", async () => {
      await page.goto(`${site.url}/messages/new`);
      await page.focus("#to");
      await page.keyboard.type("+34600000001");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type(`Hola Lucía ${"a".repeat(80)}`);
      await page.getByText("2 parts; without them it takes 1").waitFor();
      await page.getByRole("button", { name: "Replace “í” with “i”" }).focus();
      await page.keyboard.press("Enter");
      assert.match(await page.inputValue("#text"), /^Hola Lucia a+$/);
      assert.equal(await page.getByText("without them it takes").count(), 0);
      await assertAccessible(tab);
    });

    await t.step("a number that is none is refused beside its field, in the page", async () => {
      await mark(page);
      await page.fill("#to", "600");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.getByText("“600” is not a phone number").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "to");
      assert.equal(await isSame(page), true);
    });

    await t.step("it is sent, and its life comes by itself", async () => {
      await page.fill("#to", "+34600000001");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.getByText("Receipt DELIVRD").waitFor();
      await page.getByText(/^Delivered in/).waitFor();
      assert.equal(await isSame(page), true);
      assert.match(await page.locator("ol").last().innerText(), /message_status:DELIVRD/);
      assertQuiet(tab, /422/);
      tab.complaints.length = 0;
    });

    await t.step("the list shows it; a click opens it beside, Esc closes it", async () => {
      await page.goto(`${site.url}/messages`);
      await mark(page);
      await page.getByRole("cell", { name: "Delivered" }).first().waitFor();
      await page.locator("tbody tr").first().click();
      await page.getByRole("complementary", { name: "+34 600 00 00 01" }).waitFor();
      await page.getByText("Receipt DELIVRD").waitFor();
      assert.match(page.url(), /open=/);
      await assertAccessible(tab);
      await page.keyboard.press("Escape");
      await page.getByRole("complementary", { name: "+34 600 00 00 01" }).waitFor({
        state: "detached",
      });
      assert.equal(await isSame(page), true);
      await page.goBack();
      await page.getByRole("complementary", { name: "+34 600 00 00 01" }).waitFor();
      await page.goForward();
    });

    await t.step("new rows wait for a reader, and come when nobody reads", async () => {
      const send = (to: string) =>
        page.evaluate(async (number) => {
          await fetch("/api/v1/messages/send", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ to: number, text: "Hello" }),
          });
        }, to);
      await page.hover("tbody tr");
      await send("+34600000002");
      await page.getByRole("button", { name: "1 new" }).waitFor();
      assert.match(await page.locator("tbody tr").first().innerText(), /600\s00\s00\s01/);
      await page.getByRole("button", { name: "1 new" }).click();
      await page.locator("tbody tr").first().getByText("+34 600 00 00 02").waitFor();
      await page.mouse.move(5, 5);
      await page.locator("#content").focus();
      await send("+34600000003");
      await page.locator("tbody tr").first().getByText("+34 600 00 00 03").waitFor();
      await page.locator("tbody tr").first().getByText("Delivered").waitFor();
    });

    await t.step("filters are in the URL, and say so when nothing matches", async () => {
      await page.goto(`${site.url}/messages?q=%2B34600000001`);
      assert.equal(await page.locator("tbody tr").count(), 1);
      await page.goto(`${site.url}/messages?state=failed`);
      await page.getByText("No message matches").waitFor();
      await page.getByRole("link", { name: "Clear filters" }).last().click();
      await page.waitForURL(`${site.url}/messages`);
    });
    assertQuiet(tab);
  });
});

Deno.test("messages: complete and usable without scripts", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser, { scripts: false });
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    await page.goto(`${site.url}/messages/new`);
    await page.fill("#to", "600");
    await page.fill("#text", "Hello");
    await page.getByRole("button", { name: "Send message" }).click();
    await page.getByText("“600” is not a phone number").waitFor();
    assert.equal(await page.inputValue("#text"), "Hello");
    await page.fill("#to", "+34600000001");
    await page.getByRole("button", { name: "Send message" }).click();
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
    await page.getByText("Taken by the API").waitFor();
    await page.goto(`${site.url}/messages`);
    await page.locator("tbody a").first().click();
    await page.waitForURL(/open=/);
    await page.getByText("Taken by the API").waitFor();
  });
});

Deno.test("messages: what is typed before the scripts have come is kept", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, site.url, await site.user("admin"));
    const typed = Promise.withResolvers<void>();
    await page.route(/\.js(\?|$)/, async (route) => {
      await typed.promise;
      await route.continue();
    });
    await page.goto(`${site.url}/messages/new`, { waitUntil: "commit" });
    await page.fill("#to", "+34600000001");
    await page.fill("#text", `Hola Lucía ${"a".repeat(80)}`);
    typed.resolve();
    await page.getByRole("button", { name: "Replace “í” with “i”" }).click();
    assert.equal(await page.inputValue("#to"), "+34600000001");
    assert.match(await page.inputValue("#text"), /^Hola Lucia a+$/);
    assertQuiet(tab);
  });
});

Deno.test("messages: the list is still while rows come", async () => {
  await using site = await startSite();
  const operator = await site.stack.user("admin");
  const user = await site.user("admin");
  for (let last = 0; last < 5; last++) {
    await operator.post("/api/v1/messages/send", { to: `+3460000000${last}`, text: "Hello" });
  }
  await withBrowser(async (browser) => {
    for (const width of [1440, 390]) {
      const tab = await openTab(browser, { width });
      await signIn(tab, site.url, user);
      await tab.page.goto(`${site.url}/messages`);
      await settle(tab, { live: true });
      const sending = operator.post("/api/v1/messages/send", { to: "+34600000009", text: "New" });
      assert.ok(await shiftWithin(tab, 4) < 0.02);
      await sending;
      assertQuiet(tab);
      await tab.context.close();
    }
  });
});

Deno.test("messages: an analyst reads and is not offered to send", async () => {
  await using site = await startSite();
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    await signIn(tab, site.url, await site.user("analyst"));
    await tab.page.goto(`${site.url}/messages`);
    assert.equal(await tab.page.getByRole("link", { name: "Send a message" }).count(), 0);
    const refused = await tab.page.goto(`${site.url}/messages/new`);
    assert.equal(refused?.status(), 403);
    await tab.page.getByText("This is not for your role").waitFor();
  });
});

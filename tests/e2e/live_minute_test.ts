/**
 * A minute of traffic on the dashboard, over plain http on a name that is not localhost, where
 * browsers withhold what they keep for safe places.
 * @module
 */
import assert from "node:assert/strict";
import { numberFor } from "../integration/stack.ts";
import { until } from "../until.ts";
import { assertQuiet, openTab, settle, shiftWithin, signIn, withBrowser } from "./browser.ts";
import { type Site, startSite } from "./site.ts";

const NAME = "dashboard.test";

/** Sends one message after the other, to all ends, until it is told to stop. */
async function traffic(site: Site, stop: AbortSignal): Promise<number> {
  const client = await site.stack.user("admin");
  const ends = ["delivered", "delivered", "delivered", "undelivered", "rejected"] as const;
  let sent = 0;
  for (; !stop.aborted; sent++) {
    const to = numberFor(ends[sent % ends.length] ?? "delivered");
    const { status } = await client.post("/api/v1/messages/send", { to, text: "A code: 4711" });
    assert.equal(status, 202);
  }
  return sent;
}

Deno.test("a minute of live traffic over plain http on a LAN's name shifts nothing", async (t) => {
  await using site = await startSite();
  const url = site.url.replace("127.0.0.1", NAME);
  await withBrowser(async (browser) => {
    const tab = await openTab(browser);
    const { page } = tab;
    await signIn(tab, url, await site.user("admin"));
    assert.equal(await page.evaluate(() => isSecureContext), false);

    await t.step("a minute on the dashboard", async () => {
      await page.goto(url);
      await settle(tab, { live: true });
      await page.locator('[data-lane="mt"] canvas').waitFor();
      const submitted = page.locator('[data-live="today.submitted"]');
      const stop = new AbortController();
      const sending = traffic(site, stop.signal);
      await until("figures", 30, async () => /^\d/.test(await submitted.innerText()));
      const before = await submitted.innerText();
      const shift = await shiftWithin(tab, 60);
      stop.abort();
      const sent = await sending;
      assert.ok(shift < 0.02, `It shifted by ${shift} while ${sent} messages went through`);
      assert.ok(sent > 50, `Only ${sent} messages went through`);
      assert.notEqual(await submitted.innerText(), before);
    });

    await t.step("a message is written, sent and followed", async () => {
      await page.goto(`${url}/messages/new`);
      await settle(tab, { live: true });
      await page.fill("#to", "+34600000001");
      await page.fill("#text", "Hello");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.getByText("Receipt DELIVRD").waitFor();
    });

    await t.step("a wall display's address is copied", async () => {
      await page.goto(`${url}/walls/new`);
      await page.getByLabel("Name").fill("Operations room");
      await page.getByRole("button", { name: "Make a wall display" }).click();
      const copy = page.locator("#address [data-copy]");
      const address = await copy.getAttribute("data-copy") ?? "";
      assert.ok(address.startsWith(`${url}/wall/`), address);
      await copy.click();
      await page.goto(`${url}/messages/new`);
      await settle(tab, { live: true });
      await page.focus("#text");
      await page.keyboard.press("Control+v");
      assert.equal(await page.inputValue("#text"), address);
    });
    assertQuiet(tab);
  }, [`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]);
});

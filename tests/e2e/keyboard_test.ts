/**
 * By keyboard alone, with motion turned down: from the door to a stopped connector.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertQuiet, openTab, settle, withBrowser } from "./browser.ts";
import { startSite } from "./site.ts";

/** What the focus is on, as readers name it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement)) return "";
    const label = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
      ? at.labels?.[0]?.innerText
      : null;
    return (at.getAttribute("aria-label") ?? label ?? at.innerText).replaceAll(/\s+/g, " ").trim();
  });

/** Presses Tab until the focus is on what has this name; fails when it comes round. */
async function tabTo(page: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let pressed = 0; pressed < 120; pressed++) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (typeof name === "string" ? at === name : name.test(at)) {
      assert.ok(await isRinged(page), `The focus on ${at} can't be seen`);
      return;
    }
    seen.push(at);
  }
  assert.fail(`Tab never comes to ${name}; it went ${seen.slice(0, 40).join(" | ")}`);
}

/** Whether the focus is seen. */
const isRinged = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || !at.matches(":focus-visible")) return false;
    // A checkbox or a row may show it by what stands around it.
    const own = getComputedStyle(at);
    return own.outlineStyle !== "none" || own.boxShadow !== "none";
  });

Deno.test("by keyboard alone: in, a message sent, a connector stopped, a wall made", async (t) => {
  await using site = await startSite();
  const { email, password } = await site.user("admin");
  await withBrowser(async (browser) => {
    const tab = await openTab(browser, { reducedMotion: true });
    const { page } = tab;

    await t.step("signing in", async () => {
      await page.goto(site.url);
      assert.equal(await page.evaluate(() => document.activeElement?.id), "email");
      await page.keyboard.type(email);
      await tabTo(page, /^Password/);
      await page.keyboard.type(password);
      await tabTo(page, "Sign in");
      await page.keyboard.press("Enter");
      await page.locator('[data-live="today.submitted"]').waitFor();
      await settle(tab, { live: true });
    });

    await t.step("nothing moves for who asked for that", async () => {
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll("*")].filter((each) => {
          const { animationName, transitionDuration } = getComputedStyle(each);
          return animationName !== "none" || Number.parseFloat(transitionDuration) > 0.01;
        }).map(({ className, tagName }) => `${tagName} ${className}`)
      );
      assert.deepEqual(moving, []);
    });

    await t.step("the first Tab leads past the navigation", async () => {
      await page.keyboard.press("Tab");
      assert.equal(await focused(page), "Skip to content");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
    });

    await t.step("a message is written and sent", async () => {
      await page.keyboard.press("n");
      await page.waitForURL(`${site.url}/messages/new`);
      await settle(tab, { live: true });
      await tabTo(page, /^To/);
      await page.keyboard.type("+34600000001");
      await tabTo(page, /^Text/);
      await page.keyboard.type("Hello by keys");
      await tabTo(page, "Send message");
      await page.keyboard.press("Enter");
      await page.getByText("Receipt DELIVRD").waitFor();
    });

    await t.step("the palette goes to a connector, which is stopped and started", async () => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Search and commands" }).waitFor();
      await page.keyboard.type("op_undeliv");
      await page.getByRole("option", { name: "op_undeliv", exact: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.url}/connectors/op_undeliv`);
      await settle(tab, { live: true });
      await tabTo(page, "Stop");
      await page.keyboard.press("Enter");
      await page.getByText("op_undeliv is stopped").waitFor();
      await tabTo(page, "Start");
      await page.keyboard.press("Enter");
      await page.getByText("op_undeliv is bound").waitFor();
    });

    await t.step(
      "where traffic runs it is asked first; the focus stays in the dialog",
      async () => {
        const operator = await site.stack.user("admin");
        const stop = new AbortController();
        const traffic = (async () => {
          for (let last = 0; !stop.signal.aborted; last++) {
            const to = `+34600${String(last).padStart(6, "0")}`;
            await operator.post("/api/v1/messages/send", { to, text: "Hello" });
          }
        })();
        try {
          await page.keyboard.press("g");
          await page.keyboard.press("c");
          await page.waitForURL(`${site.url}/connectors`);
          await page.locator('[data-live="connector.op_main.rate"]').getByText(/^[1-9]\d*\.\d$/)
            .waitFor();
          await tabTo(page, "Stop op_main");
          await page.keyboard.press("Enter");
          const dialog = page.getByRole("alertdialog", { name: "Stop op_main?" });
          await dialog.waitFor();
          for (let pressed = 0; pressed < 6; pressed++) {
            await page.keyboard.press("Tab");
            const isOutside = await page.evaluate(() => {
              const at = document.activeElement;
              return at !== document.body && at?.closest("dialog") === null;
            });
            assert.equal(isOutside, false, `${await focused(page)} is behind the dialog`);
          }
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "hidden" });
          assert.equal(await focused(page), "Stop op_main", "where it came from");
          await page.keyboard.press("Enter");
          await dialog.waitFor();
          await tabTo(page, "Stop");
          await page.keyboard.press("Enter");
          await page.getByText("op_main is stopped").waitFor();
        } finally {
          stop.abort();
          await traffic;
        }
      },
    );

    await t.step("a wall display is made", async () => {
      await page.goto(`${site.url}/walls`);
      await tabTo(page, "Make a wall display");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.url}/walls/new`);
      await tabTo(page, /^Name/);
      await page.keyboard.type("By keys");
      await tabTo(page, "Make a wall display");
      await page.keyboard.press("Enter");
      await page.locator("#address [data-copy]").waitFor();
    });
    assertQuiet(tab);
  });
});
